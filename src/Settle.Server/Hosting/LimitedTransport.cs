using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Settle.Server;

/// <summary>
/// Accepts connections only while there are files left for them. The server turns away those above
/// its limit, but it has accepted them by then, and a burst of them would end the process.
/// </summary>
internal sealed class LimitedTransport(IOptions<SocketTransportOptions> options,
    IOptions<KestrelServerOptions> server, ILoggerFactory logs) : IConnectionListenerFactory
{
    private readonly SocketTransportFactory _sockets = new(options, logs);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint,
        CancellationToken cancellationToken = default) => new LimitedListener(
            await _sockets.BindAsync(endpoint, cancellationToken).ConfigureAwait(false),
            (int)server.Value.Limits.MaxConcurrentConnections!.Value);
}
