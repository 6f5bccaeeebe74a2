import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { notFound } from '../http/problem.js';
import { Public } from '../http/roles.js';
import { indexHtml, problemHtml } from './problem-html.js';
import { PROBLEM_PAGES } from './problem-pages.js';
import { ProblemPageDto, ProblemPagesDto } from './problems.answers.dto.js';
import { wantsHtml } from './wants-html.js';

/** Its one style, and nothing else. */
const CSP = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** Where the `type` of a problem leads. Public: it says what the rules are, and nothing of anybody. */
@ApiTags('documentation')
@Public()
@Controller('problems')
export class ProblemsController {
  /** Every kind of problem, as JSON or as a page. */
  @Get()
  @ApiOkResponse({ type: ProblemPagesDto })
  all(
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): ProblemPagesDto | string {
    const problems = [...PROBLEM_PAGES.values()];
    return negotiated(reply, accept, { problems }, () => indexHtml(problems));
  }

  /** What a problem means, the clause behind it and what to do, as JSON or as a page. */
  @Get(':name')
  @ApiOkResponse({ type: ProblemPageDto })
  one(
    @Param('name') name: string,
    @Headers('accept') accept: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): ProblemPageDto | string {
    const page = PROBLEM_PAGES.get(name);
    if (!page) throw notFound('not-found', `There is no problem ${JSON.stringify(name)}`);
    return negotiated(reply, accept, page, () => problemHtml(page));
  }
}

const negotiated = <T>(reply: FastifyReply, accept: string | undefined, json: T, html: () => string): T | string => {
  void reply.header('Vary', 'Accept');
  if (!wantsHtml(accept)) return json;
  void reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CSP });
  return html();
};
