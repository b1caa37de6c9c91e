using Microsoft.Extensions.Options;

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
            if (!Ledger.IsServer(options.Location) && options.ApiKey is not null)
            {
                return Fail($"ApiKey: only a server has keys, and '{location}' is not the "
                    + "address of a server; leave the key out");
            }
        }
        catch (InvalidRequestException e)
        {
            return Fail($"Location: '{location}' cannot be opened: {e.Message}");
        }
        return ValidateOptionsResult.Success;
    }

    private ValidateOptionsResult Fail(string message) => ValidateOptionsResult.Fail(
        ledger.Length == 0 ? $"Settle: {message}" : $"Settle '{ledger}': {message}");
}
