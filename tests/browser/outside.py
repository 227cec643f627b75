"""A proxy that lets nothing through and remembers who knocked: where Python processes are sent in a test."""

import threading
from socketserver import StreamRequestHandler, ThreadingTCPServer


class _Refuse(StreamRequestHandler):
    """Writes down what was asked for and answers 403."""

    def handle(self) -> None:
        """Read the request line ("CONNECT example.org:443 HTTP/1.1"), keep it, refuse it."""
        line = self.rfile.readline(4096).decode("latin-1").split()
        self.server.asked_for.append(" ".join(line[:2]))
        self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


class RefusingProxy(ThreadingTCPServer):
    """An HTTP proxy on the loopback that refuses every request.

    JupyterLab's server and its kernels are given it as their proxy, so what they ask of the outside is
    neither answered nor overlooked.

    Attributes:
        asked_for: "METHOD target" of each request so far, in order.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Refuse)
        self.asked_for: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def environment(self) -> dict[str, str]:
        """Return the variables that send a process's requests here, save those to the loopback."""
        address = f"http://127.0.0.1:{self.server_address[1]}"
        chosen = dict.fromkeys(("http_proxy", "https_proxy", "all_proxy"), address)
        chosen["no_proxy"] = "127.0.0.1,localhost,::1"
        return chosen | {name.upper(): value for name, value in chosen.items()}

    def close(self) -> None:
        """Stop listening."""
        self.shutdown()
        self.server_close()
