# The service in an image: built with everything, run with what it needs. Untried: nobody has built it yet; its steps were run
# one by one outside of a container (docs/operations.md).
FROM node:26-slim AS build
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY .swcrc nest-cli.json tsconfig.base.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
RUN npm run build

FROM node:26-slim AS dependencies
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
# Without the optional ones: they are the node from the registry, and the image has its own.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data LOG_FORMAT=json DRAIN_SECONDS=3
WORKDIR /app
COPY package.json ./
COPY docs docs
COPY --from=dependencies /build/node_modules node_modules
COPY --from=build /build/dist dist
RUN mkdir /data && chown node:node /data && chmod 700 /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# No shell in between: the process itself gets SIGTERM, drains and ends within ten seconds.
CMD ["node", "--enable-source-maps", "--disable-warning=ExperimentalWarning", "dist/apps/ledger/src/main.js"]
