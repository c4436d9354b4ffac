/**
 * What each verb is for, in our own words: its place and usage, one sentence, and examples, each after `$`.
 */
export const HELP_TEXTS = `
create : -f FILE
  Creates objects from files or from standard input; fails for those that exist.
  $ create -f web.yaml
create namespace : NAME
  Creates a namespace.
  $ create namespace shop
create serviceaccount : NAME
  Creates a service account.
  $ create serviceaccount robot
create configmap : NAME [--from-file=[KEY=]FILE] [--from-literal=KEY=VALUE]
  Creates a ConfigMap from files, folders or values.
  $ create configmap settings --from-literal=mode=fast
create secret : (generic | tls | docker-registry) NAME
  Creates a Secret of one of these types.
create secret generic : NAME [--from-file=[KEY=]FILE] [--from-literal=KEY=VALUE]
  Creates a Secret from files, folders or values.
  $ create secret generic login --from-literal=password=hidden
create secret tls : NAME --cert=FILE --key=FILE
  Creates a Secret with a certificate and its key.
  $ create secret tls web --cert=web.crt --key=web.key
create secret docker-registry : NAME --docker-username=USER --docker-password=PASSWORD
  Creates a Secret with which images are pulled.
  $ create secret docker-registry pull --docker-username=me --docker-password=hidden
create token : ACCOUNT [--duration=1h]
  Asks for a token with which one speaks as a service account.
  $ create token robot
create deployment : NAME --image=IMAGE [-- COMMAND ARG...]
  Creates a Deployment.
  $ create deployment web --image=nginx:1.27 --replicas=3
create job : NAME --image=IMAGE [--from=cronjob/NAME] [-- COMMAND ARG...]
  Creates a Job, or one more of what a CronJob makes.
  $ create job once --image=busybox:1.36 -- date
  $ create job now --from=cronjob/nightly
create cronjob : NAME --image=IMAGE --schedule='* * * * *' [-- COMMAND ARG...]
  Creates a CronJob.
  $ create cronjob nightly --image=busybox:1.36 --schedule='0 3 * * *' -- date
create service : (clusterip | nodeport | loadbalancer | externalname) NAME
  Creates a Service of one of these types; it selects app=NAME.
create service clusterip : NAME --tcp=PORT[:TARGET]
  Creates a Service with an address inside of the cluster.
  $ create service clusterip web --tcp=80:8080
create service nodeport : NAME --tcp=PORT[:TARGET]
  Creates a Service with a port on every node.
  $ create service nodeport web --tcp=80 --node-port=30080
create service loadbalancer : NAME --tcp=PORT[:TARGET]
  Creates a Service that asks for a load balancer.
  $ create service loadbalancer web --tcp=80
create service externalname : NAME --external-name=HOST
  Creates a Service that is another name of a host.
  $ create service externalname shop --external-name=shop.example.com
create role : NAME --verb=VERB --resource=RESOURCE [--resource-name=NAME]
  Creates a Role with one kind of rule.
  $ create role reader --verb=get,list --resource=pods
create clusterrole : NAME --verb=VERB --resource=RESOURCE [--aggregation-rule=KEY=VALUE]
  Creates a ClusterRole with one kind of rule.
  $ create clusterrole reader --verb=get,list --resource=nodes
create rolebinding : NAME (--role=NAME | --clusterrole=NAME) [--user=] [--group=] [--serviceaccount=NS:NAME]
  Gives a role to somebody in one namespace.
  $ create rolebinding reads --role=reader --serviceaccount=default:robot
create clusterrolebinding : NAME --clusterrole=NAME [--user=] [--group=] [--serviceaccount=NS:NAME]
  Gives a role to somebody in the whole cluster.
  $ create clusterrolebinding admins --clusterrole=cluster-admin --user=jane
create quota : NAME [--hard=KEY=VALUE] [--scopes=SCOPE]
  Creates a ResourceQuota.
  $ create quota small --hard=pods=5,requests.cpu=1
create poddisruptionbudget : NAME --selector=SELECTOR (--min-available=N | --max-unavailable=N)
  Creates a PodDisruptionBudget.
  $ create poddisruptionbudget web --selector=app=web --min-available=2
create priorityclass : NAME --value=NUMBER
  Creates a PriorityClass.
  $ create priorityclass high --value=1000
create ingress : NAME --rule=HOST/PATH=SERVICE:PORT
  Creates an Ingress.
  $ create ingress web --rule="shop.example.com/*=web:80"
expose : (-f FILE | TYPE NAME) [--port=PORT] [--target-port=PORT]
  Creates a Service for the pods of an object.
  $ expose deployment web --port=80 --target-port=8080
run : NAME --image=IMAGE [-- COMMAND ARG...]
  Creates a pod and, if asked to, stays with it.
  $ run web --image=nginx:1.27
  $ run once --image=busybox:1.36 --rm -it --restart=Never -- date
set : SUBCOMMAND
  Changes one thing of objects that have pods.
set env : (-f FILE | TYPE NAME) KEY=VALUE ...
  Changes the environment of containers; KEY- takes a variable away.
  $ set env deployment/web MODE=fast
set image : (-f FILE | TYPE NAME) CONTAINER=IMAGE ...
  Changes the images of containers.
  $ set image deployment/web web=nginx:1.27
set resources : (-f FILE | TYPE NAME) [--limits=LIMITS] [--requests=REQUESTS]
  Changes what containers ask for, and what they may use.
  $ set resources deployment/web --requests=cpu=100m --limits=memory=64Mi
set selector : (-f FILE | TYPE NAME) SELECTOR
  Changes the selector of a Service.
  $ set selector service/web app=web
set serviceaccount : (-f FILE | TYPE NAME) ACCOUNT
  Changes the service account of pods.
  $ set serviceaccount deployment/web robot
set subject : (-f FILE | TYPE NAME) [--user=] [--group=] [--serviceaccount=NS:NAME]
  Adds to whom a binding binds its role.
  $ set subject rolebinding reads --user=jane
explain : TYPE[.FIELD...]
  Tells the fields of a kind and their types.
  $ explain pod.spec.containers --recursive
get : TYPE[/NAME] ... | -f FILE
  Prints objects, as a table or in another form.
  $ get pods -o wide
  $ get deployment web -o yaml
edit : (-f FILE | TYPE NAME)
  Opens an object in an editor (EDITOR), and sends what has changed.
  $ EDITOR="sed -i s/1.26/1.27/" kubectl edit deployment web
delete : (-f FILE | TYPE NAME ... | -l SELECTOR)
  Deletes objects, and waits until they are gone.
  $ delete pod web
  $ delete deployments,services -l app=web
rollout : SUBCOMMAND
  Looks at the rollout of a Deployment, DaemonSet or StatefulSet, and steers it.
rollout history : TYPE/NAME [--revision=N]
  Lists the revisions, or shows one.
  $ rollout history deployment/web
rollout pause : TYPE/NAME
  Lets changes of a template wait.
  $ rollout pause deployment/web
rollout restart : TYPE/NAME
  Replaces all pods by new ones.
  $ rollout restart deployment/web
rollout resume : TYPE/NAME
  Lets a paused rollout go on.
  $ rollout resume deployment/web
rollout status : TYPE/NAME
  Watches a rollout until it has ended.
  $ rollout status deployment/web --timeout=60s
rollout undo : TYPE/NAME [--to-revision=N]
  Goes back to an earlier revision.
  $ rollout undo deployment/web
scale : --replicas=COUNT (-f FILE | TYPE NAME)
  Sets how many pods a workload is to have.
  $ scale deployment web --replicas=3
autoscale : (-f FILE | TYPE NAME) --max=COUNT [--min=COUNT] [--cpu-percent=PERCENT]
  Creates a HorizontalPodAutoscaler.
  $ autoscale deployment web --min=2 --max=5 --cpu-percent=80
cluster-info :
  Tells where the control plane listens.
cluster-info dump : [--output-directory=FOLDER] [--namespaces=NAMES | -A]
  Prints what a cluster is made of, and what its pods have logged.
  $ cluster-info dump --output-directory=/tmp/cluster-state
top : (node | pod)
  Tells what is used, where a metrics server runs.
top node : [NAME]
  Tells what nodes use.
  $ top node
top pod : [NAME]
  Tells what pods use.
  $ top pod -A
cordon : NODE
  Lets no new pods onto a node.
  $ cordon node-1
uncordon : NODE
  Lets pods onto a node again.
  $ uncordon node-1
drain : NODE
  Cordons a node and evicts its pods.
  $ drain node-1 --ignore-daemonsets --delete-emptydir-data
taint : NODE KEY[=VALUE]:EFFECT ...
  Adds taints to nodes; KEY- takes them away.
  $ taint node node-1 disk=slow:NoSchedule
describe : (-f FILE | TYPE [NAME])
  Tells of objects at length, with their Events.
  $ describe pod web
logs : (POD | TYPE/NAME) [-c CONTAINER]
  Prints what containers have written.
  $ logs web -f --tail=20
  $ logs web --previous
attach : POD [-c CONTAINER]
  Follows what a running container writes.
  $ attach web
exec : POD [-c CONTAINER] -- COMMAND ARG...
  Runs a program in a container.
  $ exec web -- ls /tmp
debug : (POD | TYPE/NAME) --image=IMAGE [--target=CONTAINER] [--copy-to=NAME] [-- COMMAND ARG...]
  Adds a container to a pod that runs, copies a pod to change it, or starts a pod on a node, to look into things.
  $ debug web -it --image=busybox:1.36 -- wget -qO- localhost
  $ debug web --copy-to=web-copy --set-image=*=nginx:1.28
  $ debug node/node-1 -it --image=busybox:1.36 -- ls /host
port-forward : (POD | TYPE/NAME) [LOCAL:]REMOTE ...
  Leads ports of this machine to a pod.
  $ port-forward service/web 8080:80
proxy : [--port=PORT]
  Lets programs of this machine talk to the API server.
  $ proxy --port=8001
cp : [[NAMESPACE/]POD:]FROM [[NAMESPACE/]POD:]TO
  Copies files and folders between this machine and a container; one end has to be here.
  $ cp settings.conf web:/tmp/settings.conf
  $ cp web:/etc/hostname hostname.txt
auth : (can-i | reconcile | whoami)
  Asks about rights.
auth can-i : VERB (TYPE | TYPE/NAME | URL) | --list
  Asks whether one may do something; --as asks for another.
  $ auth can-i list pods --as=system:serviceaccount:default:robot
auth reconcile : -f FILENAME
  Makes roles and bindings allow what files say, without taking away what is more.
  $ auth reconcile -f roles.yaml
auth whoami :
  Tells as whom one asks.
events : [--for TYPE/NAME] [--types=Warning]
  Lists Kubernetes Events in their order.
  $ events --for pod/web --watch
diff : -f FILE
  Tells what apply would change; exit code 1 if there is something.
  $ diff -f web.yaml
apply : -f FILE
  Creates objects from files, or changes what differs from them.
  $ apply -f web.yaml
apply view-last-applied : (-f FILE | TYPE NAME)
  Prints what was applied last.
  $ apply view-last-applied deployment/web
patch : (-f FILE | TYPE NAME) -p PATCH [--type=strategic|merge|json]
  Changes fields of an object.
  $ patch deployment web -p '{"spec":{"replicas":2}}'
replace : -f FILE [--force]
  Puts another object in the place of one that exists.
  $ replace -f web.yaml
wait : (-f FILE | TYPE NAME) --for=(condition=NAME | delete | jsonpath=PATH[=VALUE])
  Waits until something is so.
  $ wait pod/web --for=condition=Ready --timeout=60s
kustomize : [FOLDER]
  Prints the manifests that a folder with a kustomization.yaml stands for.
  $ kustomize overlays/production
label : (-f FILE | TYPE NAME) KEY=VALUE ...
  Changes labels; KEY- takes one away.
  $ label pod web tier=front --overwrite
annotate : (-f FILE | TYPE NAME) KEY=VALUE ...
  Changes annotations; KEY- takes one away.
  $ annotate deployment web kubernetes.io/change-cause="first try"
api-resources : [--namespaced=true] [--api-group=GROUP]
  Lists the kinds of objects that the server knows.
api-versions :
  Lists the versions of the API.
certificate : SUBCOMMAND
  Decides about requests for certificates.
certificate approve : NAME
  Says that a request may be signed.
certificate deny : NAME
  Says that a request must not be signed.
config : SUBCOMMAND
  Looks at the kubeconfig, and changes it.
config current-context :
  Prints the name of the context.
config get-clusters :
  Lists the clusters of the kubeconfig.
config get-users :
  Lists the users of the kubeconfig.
config get-contexts : [NAME]
  Lists the contexts of the kubeconfig.
config use-context : NAME
  Chooses a context.
config view : [--minify]
  Prints the kubeconfig.
config set-context : (NAME | --current) [--namespace=NAMESPACE]
  Changes where commands go that name no namespace.
  $ config set-context --current --namespace=shop
config set-cluster : NAME [--server=URL] [--certificate-authority=FILE]
  Says where a cluster is, and whom to believe that it is that one.
config set-credentials : NAME [--client-certificate=FILE] [--client-key=FILE] [--token=TOKEN]
  Says with what somebody shows who it is.
  $ config set-credentials jane --client-certificate=jane.crt --client-key=jane.key --embed-certs
config set : PROPERTY VALUE
  Changes one value, named by the way to it.
config unset : PROPERTY
  Takes a value away.
config rename-context : OLD NEW
  Gives a context another name.
config delete-cluster : NAME
  Forgets a cluster.
config delete-context : NAME
  Forgets a context.
config delete-user : NAME
  Forgets a user.
plugin : list
  Looks for plugins of kubectl.
plugin list :
  Lists the plugins: here there are none.
version : [--client]
  Prints the versions of kubectl and of the server.
options :
  Lists the flags that every command takes.
`;
