using Microsoft.Extensions.Options;
using Settle.Http;

namespace Settle.Hosting;

/// <summary>Checks options when the host starts, before anything is opened.</summary>
/// <param name="ledger">Which of the host's ledgers; empty for the one without a key.</param>
internal sealed class SettleOptionsValidator(string ledger) : IValidateOptions<SettleOptions>
{
    public ValidateOptionsResult Validate(string? name, SettleOptions options)
    {
        if (name != ledger) return ValidateOptionsResult.Skip;
        if (string.IsNullOrWhiteSpace(options.Location))
        {
            return Fail("Location: is missing; name a file (bank.db), a database "
                + "(couchdb://host:5984/bank) or a server (http://host:7171/bank)");
        }
        var location = LedgerLog.Mask(options.Location);
        try
        {
            var isServer = Ledger.IsServer(options.Location);
            if (isServer && options.Peers.Count > 0)
            {
                return Fail($"Peers: '{location}' is the address of a server, which has peers of "
                    + "its own; leave them out");
            }
            if (!isServer && options.ApiKey is not null && options.Peers.Count == 0)
            {
                return Fail($"ApiKey: only a server has keys, and '{location}' is not the "
                    + "address of a server; leave the key out");
            }
        }
        catch (InvalidRequestException e)
        {
            return Fail($"Location: '{location}' cannot be opened: {e.Message}");
        }
        if (options.SiteWait < TimeSpan.Zero || options.SiteWait > TimeSpan.FromMinutes(1))
            return Fail("SiteWait: must be zero to a minute");
        foreach (var peer in options.Peers)
        {
            try
            {
                LedgerAddress.Parse(peer);
            }
            catch (InvalidRequestException e)
            {
                return Fail($"Peers: '{LedgerLog.Mask(peer)}': {e.Message}");
            }
        }
        return ValidateOptionsResult.Success;
    }

    private ValidateOptionsResult Fail(string message) => ValidateOptionsResult.Fail(
        ledger.Length == 0 ? $"Settle: {message}" : $"Settle '{ledger}': {message}");
}
