import type { Answer, ProgramDefinition } from '../program-definition.ts';
import { type CatalogueEntry, mebibytes } from './catalogue-entry.ts';

const ACCESS_LOG = '{client} - - [{clf}] "{method} {path} HTTP/1.1" {status} {bytes} "-" "{agent}" "-"\n';

const WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>
<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

const NGINX_404 = `<html>
<head><title>404 Not Found</title></head>
<body>
<center><h1>404 Not Found</h1></center>
<hr><center>nginx</center>
</body>
</html>
`;

const nginx: ProgramDefinition = {
  startupMs: 60,
  listens: [
    {
      port: 80,
      protocol: 'http',
      answers: [{ directory: { root: '/usr/share/nginx/html', index: 'index.html', notFound: NGINX_404 } }],
      accessLog: ACCESS_LOG,
    },
  ],
  logs: [
    { afterMs: 0, text: '/docker-entrypoint.sh: Configuration complete; ready for start up\n' },
    { afterMs: 40, stream: 'stderr', text: '{nginx} [notice] 1#1: start worker processes\n' },
  ],
  onSignal: {
    TERM: {
      code: 0,
      afterMs: 10,
      text: '{nginx} [notice] 1#1: signal 15 (SIGTERM) received, exiting\n',
      stream: 'stderr',
    },
    QUIT: {
      code: 0,
      afterMs: 20,
      text: '{nginx} [notice] 1#1: signal 3 (SIGQUIT) received, shutting down\n',
      stream: 'stderr',
    },
    INT: { code: 0 },
    HUP: { text: '{nginx} [notice] 1#1: signal 1 (SIGHUP) received, reconfiguring\n', stream: 'stderr' },
  },
  memory: [{ atMs: 0, bytes: mebibytes(4) }],
  calls: [
    { args: ['-v'], stderr: 'nginx version: nginx\n', code: 0 },
    {
      args: ['-t'],
      stderr:
        'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n' +
        'nginx: configuration file /etc/nginx/nginx.conf test is successful\n',
      code: 0,
    },
    { args: ['-s', 'quit'], code: 0, signals: { program: 'nginx', signal: 'QUIT' } },
    { args: ['-s', 'stop'], code: 0, signals: { program: 'nginx', signal: 'TERM' } },
    { args: ['-s', 'reload'], code: 0, signals: { program: 'nginx', signal: 'HUP' } },
  ],
};

const httpd: ProgramDefinition = {
  startupMs: 120,
  listens: [
    {
      port: 80,
      protocol: 'http',
      answers: [{ directory: { root: '/usr/local/apache2/htdocs', index: 'index.html' } }],
      accessLog: '{client} - - [{clf}] "{method} {path} HTTP/1.1" {status} {bytes}\n',
    },
  ],
  logs: [
    {
      afterMs: 100,
      stream: 'stderr',
      text: "AH00558: httpd: Could not reliably determine the server's fully qualified domain name\n",
    },
  ],
  onSignal: { TERM: { code: 0, afterMs: 20 }, WINCH: { code: 0, afterMs: 50 }, INT: { code: 0 } },
  memory: [{ atMs: 0, bytes: mebibytes(7) }],
};

/** A tag of a release that there is: nginx stands at 1.29. */
const NGINX_TAGS =
  /^(latest|stable|mainline|perl|alpine(-[a-z]+)?|(stable|mainline)-[a-z-]+|1(\.([0-9]|1\d|2\d)(\.\d{1,2})?)?(-[a-z0-9.-]+)?|trixie|bookworm|bullseye|buster|stretch)$/;

const java = (startupMs: number, answers: readonly Answer[]): ProgramDefinition => ({
  startupMs,
  listens: [{ port: 8080, protocol: 'http', answers }],
  onSignal: { TERM: { code: 143, afterMs: 300 } },
  memory: [
    { atMs: 0, bytes: mebibytes(80) },
    { atMs: 20_000, bytes: mebibytes(300) },
  ],
});

/** Images whose main program answers over HTTP. */
export const webServers: readonly CatalogueEntry[] = [
  {
    repositories: ['nginx', 'nginx-unprivileged', 'nginx-slim'],
    tags: NGINX_TAGS,
    image: {
      sizeBytes: 71_005_258,
      entrypoint: ['/docker-entrypoint.sh'],
      cmd: ['nginx', '-g', 'daemon off;'],
      userland: 'gnu',
      commands: ['bash', 'curl'],
      programs: { nginx, '/docker-entrypoint.sh': nginx },
      files: {
        '/usr/share/nginx/html/index.html': WELCOME,
        '/etc/nginx/nginx.conf': 'user  nginx;\nworker_processes  auto;\n',
      },
      env: { NGINX_VERSION: '1' },
    },
  },
  {
    repositories: ['httpd', 'php-apache', 'hpa-example'],
    image: {
      sizeBytes: mebibytes(57),
      cmd: ['httpd-foreground'],
      userland: 'gnu',
      commands: ['bash'],
      programs: { 'httpd-foreground': httpd, httpd },
      files: { '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n' },
    },
  },
  {
    repositories: ['tomcat', 'jetty'],
    image: {
      sizeBytes: mebibytes(170),
      cmd: ['catalina.sh', 'run'],
      userland: 'gnu',
      commands: ['bash', 'curl'],
      programs: {
        'catalina.sh': java(3000, [{ path: '/', status: 404, body: 'HTTP Status 404 – Not Found' }, {}]),
      },
    },
  },
  {
    repositories: ['jenkins', 'jenkins/jenkins'],
    image: {
      sizeBytes: mebibytes(260),
      entrypoint: ['/usr/local/bin/jenkins.sh'],
      userland: 'gnu',
      commands: ['bash', 'curl'],
      uid: 1000,
      program: java(18_000, [
        { path: '/login', status: 200, body: '<html><head><title>Sign in - Jenkins</title></head></html>\n' },
        { status: 403, body: '<html><head><title>Authentication required</title></head></html>\n' },
      ]),
    },
  },
  {
    repositories: ['amsy810/echo-nginx'],
    image: {
      sizeBytes: mebibytes(60),
      cmd: ['nginx', '-g', 'daemon off;'],
      userland: 'gnu',
      commands: ['bash', 'curl'],
      programs: {
        nginx: {
          ...nginx,
          listens: [
            {
              port: 80,
              protocol: 'http',
              answers: [{ body: 'Host={hostname}  Path={path}\n' }],
              accessLog: ACCESS_LOG,
            },
          ],
        },
      },
    },
  },
  {
    repositories: ['traefik/whoami', 'whoami'],
    image: {
      sizeBytes: mebibytes(2.5),
      entrypoint: ['/whoami'],
      userland: 'none',
      program: {
        startupMs: 20,
        listens: [
          {
            port: { option: ['--port', '-port'], default: 80 },
            protocol: 'http',
            answers: [{ body: 'Hostname: {hostname}\nIP: {ip}\n{method} {path} HTTP/1.1\n' }],
          },
        ],
        onSignal: { TERM: { code: 0 } },
      },
    },
  },
];
