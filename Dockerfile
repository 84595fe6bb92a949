# The image of the components and of the receiver: Node, the scripts, and the licences. Built per release by .gitlab/release.gitlab-ci.yml.
# node:24.18.0-alpine, by its digest: a tag can be moved. To update, look the digest up with "docker buildx imagetools inspect node:24-alpine".
ARG NODE_IMAGE=node:24-alpine@sha256:a0b9bf06e4e6193cf7a0f58816cc935ff8c2a908f81e6f1a95432d679c54fbfd
FROM ${NODE_IMAGE}
COPY dist/*.mjs dist/SHA256SUMS dist/THIRD-PARTY-LICENSES.txt LICENSE.md /usr/local/lib/herald/
# The compile cache is warmed here, because a job's container starts cold. Node names it by its version, the
# architecture, the features of the processor and the user: each architecture's build warms its own, as the user of the
# job. After that nobody can write it. What runs a chunk first decides which of its functions are in it: so the demo is
# first. The script names it itself: a variable of a job could name another.
RUN cd /usr/local/lib/herald && sha256sum -c SHA256SUMS \
 && printf '#!/bin/sh\nexport NODE_COMPILE_CACHE=/usr/local/lib/herald/compile-cache\nexec /usr/local/bin/node /usr/local/lib/herald/herald.mjs "$@"\n' > /usr/local/bin/herald \
 && chmod 755 /usr/local/bin/herald \
 && mkdir compile-cache && chown node compile-cache && cd /tmp \
 && warm() { su node -s /bin/sh -c "/usr/local/bin/herald $*" > /dev/null; } \
 && warm demo --output /tmp/herald-demo && rm -rf /tmp/herald-demo \
 && for command in bot setup label; do warm help $command || exit 1; done \
 && warm --version \
 && chown -R root:root /usr/local/lib/herald && chmod -R a+rX,go-w /usr/local/lib/herald
# The only folder that the receiver writes to. It is made here so that a new volume belongs to its user; it is no VOLUME,
# because each job of the components would get one.
RUN mkdir -p /var/lib/herald && chown node:node /var/lib/herald && chmod 700 /var/lib/herald
# The user that the base image has for this. A runner makes the checkout writable for every user.
USER node
# Jobs bring their own command. Without one the image is the receiver: docs/guides/receiver.md.
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["herald", "serve", "--listen", "0.0.0.0:8080", "--spool", "/var/lib/herald"]
