import type { Answer, ProgramDefinition } from '../program-definition.ts';
import { type CatalogueEntry, mebibytes } from './catalogue-entry.ts';
import { releases } from './releases.ts';

const ACCESS_LOG = '{client} - - [{clf}] "{method} {path} HTTP/1.1" {status} {bytes} "-" "{agent}" "-"\n';

const WELCOME = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto;
font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>If you see this page, the nginx web server is successfully installed and
working. Further configuration is required.</p>

<p>For online documentation and support please refer to
<a href="http://nginx.org/">nginx.org</a>.<br/>
Commercial support is available at
<a href="http://nginx.com/">nginx.com</a>.</p>

<p><em>Thank you for using nginx.</em></p>
</body>
</html>
`;

const NGINX_404 =
  '<html>\r\n<head><title>404 Not Found</title></head>\r\n<body>\r\n<center><h1>404 Not Found</h1></center>\r\n' +
  '<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';

const notice = (text: string): string => `{nginx} [notice] 1#1: ${text}\n`;

/** An error before its log is its own is told twice: there, and on standard error. */
const emergency = (text: string): string => `{nginx} [emerg] 1#1: ${text}\nnginx: [emerg] ${text}\n`;

const nginx: ProgramDefinition = {
  startupMs: 30,
  listens: [
    {
      port: 80,
      protocol: 'http',
      answers: [
        {
          directory: { root: '/usr/share/nginx/html', index: 'index.html', notFound: NGINX_404 },
          headers: { Server: 'nginx' },
        },
      ],
      accessLog: ACCESS_LOG,
    },
  ],
  logs: ['using the "epoll" event method', 'start worker processes', 'start worker process 29'].map(
    (text) => ({
      afterMs: 30,
      stream: 'stderr',
      text: notice(text),
    }),
  ),
  onSignal: {
    // Its fast shutdown: workers end without regard to what they are serving.
    TERM: {
      code: 0,
      afterMs: 10,
      meanwhile: 'drops',
      text: notice('signal 15 (SIGTERM) received, exiting'),
      stream: 'stderr',
    },
    QUIT: {
      code: 0,
      afterMs: 20,
      meanwhile: 'drains',
      text: notice('signal 3 (SIGQUIT) received, shutting down'),
      stream: 'stderr',
    },
    INT: {
      code: 0,
      afterMs: 10,
      meanwhile: 'drops',
      text: notice('signal 2 (SIGINT) received, exiting'),
      stream: 'stderr',
    },
    HUP: { text: notice('signal 1 (SIGHUP) received, reconfiguring'), stream: 'stderr' },
    WINCH: 'ignore',
  },
  memory: [{ atMs: 0, bytes: mebibytes(4) }],
  // nginx: ngx_connection.c, ngx_open_listening_sockets.
  portTaken: {
    stderr:
      emergency('bind() to 0.0.0.0:{port} failed (98: Address already in use)') +
      notice('try again to bind() after 500ms'),
    tries: 5,
    everyMs: 500,
    lastly: emergency('still could not bind()'),
  },
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

const said = (text: string): { readonly afterMs: number; readonly text: string } => ({
  afterMs: 0,
  text: `${text}\n`,
});

/** The script that prepares nginx and then becomes it. */
const nginxEntrypoint: ProgramDefinition = {
  wraps: { command: ['nginx', '-g', 'daemon off;'] },
  logs: [
    said('/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration'),
    said('/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/'),
    said('/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh'),
    said('/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh'),
    said('/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh'),
    said('/docker-entrypoint.sh: Configuration complete; ready for start up'),
  ],
};

const NGINX_FILES = {
  '/usr/share/nginx/html/index.html': WELCOME,
  '/usr/share/nginx/html/50x.html':
    '<html><head><title>Error</title></head><body><h1>An error occurred.</h1></body></html>\n',
  '/etc/nginx/nginx.conf':
    'user  nginx;\nworker_processes  auto;\n\nevents {\n    worker_connections  1024;\n}\n\nhttp {\n    include /etc/nginx/conf.d/*.conf;\n}\n',
  '/etc/nginx/conf.d/default.conf':
    'server {\n    listen       80;\n    server_name  localhost;\n\n    location / {\n        root   /usr/share/nginx/html;\n        index  index.html index.htm;\n    }\n}\n',
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
      text:
        "AH00558: httpd: Could not reliably determine the server's fully qualified domain name, " +
        "using {ip}. Set the 'ServerName' directive globally to suppress this message\n",
    },
  ],
  portTaken: {
    stderr:
      '(98)Address already in use: AH00072: make_sock: could not bind to address 0.0.0.0:{port}\n' +
      'no listening sockets available, shutting down\nAH00015: Unable to open logs\n',
  },
  // `apachectl stop`, and `graceful-stop`.
  onSignal: {
    TERM: { code: 0, afterMs: 20, meanwhile: 'drops' },
    WINCH: { code: 0, afterMs: 50, meanwhile: 'drains' },
    INT: { code: 0 },
  },
  memory: [{ atMs: 0, bytes: mebibytes(7) }],
};

const java = (startupMs: number, port: number, answers: readonly Answer[]): ProgramDefinition => ({
  startupMs,
  listens: [{ port, protocol: 'http', answers }],
  onSignal: {
    TERM: { code: 143, afterMs: 300, meanwhile: 'drops' },
    INT: { code: 130, afterMs: 300, meanwhile: 'drops' },
  },
  memory: [
    { atMs: 0, bytes: mebibytes(80) },
    { atMs: 20_000, bytes: mebibytes(300) },
  ],
});

const jenkinsSays = (afterMs: number, text: string) =>
  ({ afterMs, stream: 'stderr', text: `{iso} [id=1]\tINFO\t${text}\n` }) as const;

/** Images whose main program answers over HTTP. */
export const webServers: readonly CatalogueEntry[] = [
  {
    repositories: ['nginx', 'nginx-unprivileged', 'nginx-slim'],
    tags: releases('(stable|mainline|1(\\.(\\d|1\\d|2\\d)(\\.\\d{1,2})?)?)|0\\.\\d{1,2}'),
    image: {
      sizeBytes: 71_005_258,
      entrypoint: ['/docker-entrypoint.sh'],
      cmd: ['nginx', '-g', 'daemon off;'],
      userland: 'gnu',
      commands: ['curl'],
      // Its graceful shutdown: the image says so.
      stopSignal: 'QUIT',
      programs: { nginx, '/docker-entrypoint.sh': nginxEntrypoint },
      files: NGINX_FILES,
    },
  },
  {
    repositories: ['httpd', 'apache'],
    tags: releases('2(\\.[24](\\.\\d{1,2})?)?'),
    image: {
      sizeBytes: mebibytes(57),
      cmd: ['httpd-foreground'],
      userland: 'gnu',
      stopSignal: 'WINCH',
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
      commands: ['curl'],
      programs: {
        'catalina.sh': java(3000, 8080, [
          { path: '/', status: 404, body: 'HTTP Status 404 – Not Found' },
          {},
        ]),
      },
    },
  },
  {
    repositories: ['jenkins', 'jenkins/jenkins'],
    image: {
      sizeBytes: mebibytes(260),
      entrypoint: ['/usr/local/bin/jenkins.sh'],
      userland: 'gnu',
      commands: ['curl'],
      uid: 1000,
      program: {
        ...java(18_000, 8080, [
          {
            path: '/login',
            status: 200,
            body: '<html><head><title>Sign in - Jenkins</title></head></html>\n',
          },
          {
            status: 403,
            body:
              "<html><head><meta http-equiv='refresh' content='1;url=/login?from=%2F'/></head><body>\n" +
              'Authentication required\n</body></html>\n',
          },
        ]),
        logs: [
          {
            afterMs: 600,
            text: 'Running from: /usr/share/jenkins/jenkins.war\nwebroot: /var/jenkins_home/war\n',
          },
          jenkinsSays(1500, 'winstone.Logger#logInternal: Beginning extraction from war file'),
          jenkinsSays(12_000, 'jenkins.InitReactorRunner$1#onAttained: Started initialization'),
          jenkinsSays(16_000, 'jenkins.InitReactorRunner$1#onAttained: Completed initialization'),
          jenkinsSays(17_900, 'hudson.lifecycle.Lifecycle#onReady: Jenkins is fully up and running'),
        ],
      },
    },
  },
  {
    repositories: ['amsy810/echo-nginx'],
    image: {
      sizeBytes: mebibytes(60),
      cmd: ['nginx', '-g', 'daemon off;'],
      userland: 'gnu',
      commands: ['curl'],
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
];
