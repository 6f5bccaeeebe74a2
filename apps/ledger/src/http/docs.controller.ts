import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { Controller, Get, Header, Injectable, StreamableFile } from '@nestjs/common';
import { ApiExcludeController, type OpenAPIObject } from '@nestjs/swagger';
import { Public } from './roles.js';

/** The OpenAPI document, which can be made only once the application is. */
@Injectable()
export class ApiDocument {
  document: OpenAPIObject | null = null;
}

const asset = (name: string): StreamableFile =>
  new StreamableFile(createReadStream(createRequire(import.meta.url).resolve(`swagger-ui-dist/${name}`)));

const PAGE = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Subscription ledger: API</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="api"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`;

/** Public, because a browser opens a page without a token; they say how to ask, and nothing of anybody. */
@ApiExcludeController()
@Public()
@Controller()
export class DocsController {
  constructor(private readonly api: ApiDocument) {}

  @Get('openapi.json')
  openapi(): OpenAPIObject | null {
    return this.api.document;
  }

  @Get('docs')
  @Header('Content-Type', 'text/html; charset=utf-8')
  @Header('Content-Security-Policy', "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'")
  page(): string {
    return PAGE;
  }

  @Get('docs/start.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  start(): string {
    return "SwaggerUIBundle({ url: '/openapi.json', dom_id: '#api' });\n";
  }

  @Get('docs/swagger-ui.css')
  @Header('Content-Type', 'text/css; charset=utf-8')
  style(): StreamableFile {
    return asset('swagger-ui.css');
  }

  @Get('docs/swagger-ui-bundle.js')
  @Header('Content-Type', 'text/javascript; charset=utf-8')
  script(): StreamableFile {
    return asset('swagger-ui-bundle.js');
  }
}
