"""What stands between the network and the pages: who may send what, how much and how fast.

guard    the ASGI middleware: which paths there are, who gets a picture, which sockets open
asker    who a request is from, by its cookies
uploads  files that are sent: from whom, under which ids, how many bytes
sockets  open websockets: how many from one address, and what each may send
wire     limits that only the protocol underneath can hold: frames, fragments, half-open
         connections
"""
