namespace Settle.Cli;

/// <summary>Where the ledger is.</summary>
internal sealed class LedgerOption : Option<string>
{
    public const string Variable = "SETTLE_LEDGER";
    public const string DefaultLocation = "settle.db";

    public LedgerOption()
        : base("--ledger", "-l")
    {
        Description = "A file (bank.db), a CouchDB database (couchdb://host:5984/bank) "
            + "or a server (http://host:7171/bank); @FILE reads it from a file "
            + $"[default: ${Variable}, else {DefaultLocation}]";
        HelpName = "LEDGER";
    }

    public string LocationIn(ParseResult words, CliContext context)
    {
        var location = words.GetValue(this) ?? context.Environment(Variable);
        if (string.IsNullOrWhiteSpace(location))
            return words.GetValue(this) is null ? DefaultLocation
                : throw new UsageException("--ledger must not be empty");
        return LedgerLocation.Read(location);
    }
}
