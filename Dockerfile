# The component's image: Node, the scripts, and the licences. Built per release by .gitlab-ci.yml.
# node:24.18.0-alpine, by its digest: a tag can be moved. To update, look the digest up with "docker buildx imagetools inspect node:24-alpine".
ARG NODE_IMAGE=node:24-alpine@sha256:a0b9bf06e4e6193cf7a0f58816cc935ff8c2a908f81e6f1a95432d679c54fbfd
FROM ${NODE_IMAGE}
COPY dist/*.mjs dist/SHA256SUMS dist/THIRD-PARTY-LICENSES.txt LICENSE.md /usr/local/lib/herald/
# The compile cache is warmed here, because a job's container starts cold. What runs a chunk first decides which of its functions are in it: so the demo is first. The script names it itself: a variable of a job could name another.
RUN printf '#!/bin/sh\nexport NODE_COMPILE_CACHE=/usr/local/lib/herald/compile-cache\nexec /usr/local/bin/node /usr/local/lib/herald/herald.mjs "$@"\n' > /usr/local/bin/herald \
 && chmod 755 /usr/local/bin/herald \
 && (cd /tmp && herald demo --output /tmp/herald-demo > /dev/null) && rm -rf /tmp/herald-demo \
 && for command in bot setup label; do herald help $command > /dev/null || exit 1; done \
 && herald --version \
 && chmod -R a+rX,go-w /usr/local/lib/herald
# The user that the base image has for this. A runner makes the checkout writable for every user.
USER node
CMD ["herald", "--help"]
