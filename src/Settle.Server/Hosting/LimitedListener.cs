using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Connections;

namespace Settle.Server;

/// <summary>
/// A listener that lets so many connections in, and half as many again, which are about to be
/// turned away; all others wait outside the process.
/// </summary>
internal sealed class LimitedListener(IConnectionListener listener, int connectionsMax)
    : IConnectionListener
{
    private readonly CancellationTokenSource _unbinding = new();
    private readonly ConcurrencyLimiter _places = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = connectionsMax + (connectionsMax / 2), QueueLimit = int.MaxValue,
    });

    public EndPoint EndPoint => listener.EndPoint;

    public async ValueTask<ConnectionContext?> AcceptAsync(
        CancellationToken cancellationToken = default)
    {
        RateLimitLease place;
        try
        {
            place = await _places.AcquireAsync(1, _unbinding.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return null; // Nothing is accepted any more.
        }
        var connection = await listener.AcceptAsync(cancellationToken).ConfigureAwait(false);
        if (connection is null) place.Dispose();
        else connection.ConnectionClosed.UnsafeRegister(
            static place => ((RateLimitLease)place!).Dispose(), place);
        return connection;
    }

    public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        await _unbinding.CancelAsync().ConfigureAwait(false);
        await listener.UnbindAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync().ConfigureAwait(false);
        await _places.DisposeAsync().ConfigureAwait(false);
        _unbinding.Dispose();
    }
}
