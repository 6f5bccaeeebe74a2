import { commandSchemas } from '@ledger/contract';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import metadata from '../metadata.js';
import { ProblemDto } from './answers.dto.js';

const COMMAND_PATH = '/v1/commands/{name}';
const PROBLEM = { $ref: '#/components/schemas/ProblemDto' };

/** The document of the whole API; each command has a path of its own, with the body that `libs/contract` checks. */
export const openApiDocument = async (app: NestFastifyApplication): Promise<OpenAPIObject> => {
  await SwaggerModule.loadPluginMetadata(metadata);
  const config = new DocumentBuilder()
    .setTitle('Subscription ledger')
    .setDescription('Problems are RFC 9457 documents. Clauses (`P-4.2`) are those of docs/pricing.md.')
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .addGlobalResponse({
      status: 'default',
      description: 'A problem',
      content: { 'application/problem+json': { schema: PROBLEM } },
    })
    .build();
  const document = SwaggerModule.createDocument(app, config, { extraModels: [ProblemDto] });
  return { ...document, paths: withCommands(document.paths) };
};

const withCommands = (paths: OpenAPIObject['paths']): OpenAPIObject['paths'] => {
  const { [COMMAND_PATH]: generic, ...others } = paths;
  const { post } = generic ?? {};
  if (!post) throw new Error(`the document has no ${COMMAND_PATH}`);
  const { parameters = [], ...operation } = post;
  const commands = [...commandSchemas()].map(([name, schema]) => [
    COMMAND_PATH.replace('{name}', name),
    {
      post: {
        ...operation,
        operationId: name,
        summary: name,
        description: operation.summary ?? '',
        parameters: parameters.filter((parameter) => !('name' in parameter && parameter.name === 'name')),
        requestBody: { required: true, content: { 'application/json': { schema } } },
      },
    },
  ]);
  return { ...Object.fromEntries(commands), ...others };
};
