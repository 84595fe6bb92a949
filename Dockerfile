# The component's image: Node, the one script, and the licences. Built per release by .gitlab-ci.yml.
ARG NODE_IMAGE=node:24-alpine
FROM ${NODE_IMAGE}
COPY dist/herald.mjs dist/THIRD-PARTY-LICENSES.txt LICENSE.md /usr/local/lib/herald/
# The compile cache is warmed here, because a job's container starts cold.
ENV NODE_COMPILE_CACHE=/usr/local/lib/herald/compile-cache
RUN printf '#!/bin/sh\nexec node /usr/local/lib/herald/herald.mjs "$@"\n' > /usr/local/bin/herald \
 && chmod 755 /usr/local/bin/herald \
 && herald --version && herald --help > /dev/null \
 && (cd /tmp && herald demo --output /tmp/herald-demo > /dev/null) && rm -rf /tmp/herald-demo \
 && chmod -R a+rX /usr/local/lib/herald
CMD ["herald", "--help"]
