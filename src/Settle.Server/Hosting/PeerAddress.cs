using Settle.Http;

namespace Settle.Server;

/// <summary>A peer as it was given: an address, and maybe whose peer it is.</summary>
/// <param name="Ledger">The ledger's name; null where there is only one.</param>
/// <param name="Url">The address.</param>
internal sealed record PeerAddress(string? Ledger, string Url)
{
    /// <exception cref="InvalidRequestException">It is neither URL nor NAME=URL.</exception>
    public static PeerAddress Parse(string given)
    {
        var equals = given.IndexOf('=', StringComparison.Ordinal);
        var scheme = given.IndexOf("://", StringComparison.Ordinal);
        var ledger = equals > 0 && equals < scheme ? given[..equals] : null;
        var url = ledger is null ? given : given[(equals + 1)..];
        try
        {
            // That it is one is found when the server starts, and not when somebody asks it.
            LedgerAddress.Parse(url);
            return new PeerAddress(ledger, url);
        }
        catch (InvalidRequestException e)
        {
            throw new InvalidRequestException("peer", e.Reason);
        }
    }
}
