using System.CommandLine;
using Settle.Cli.Input;
using Settle.Cli.Output;
using Settle.Wire;

namespace Settle.Cli.Commands;

internal sealed class OpenCommand : LedgerCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The account" };

    private readonly Option<string> _overdraft = new("--overdraft")
    {
        Description = "How far below zero it may fall",
        HelpName = "AMOUNT|unlimited",
    };

    private readonly Option<string> _ceiling = new("--ceiling")
    {
        Description = "The highest balance that a credit may lead to",
        HelpName = "AMOUNT|none",
    };

    private readonly Option<string> _asset = new("--asset")
    {
        Description = "The asset that overdraft and ceiling are about [default: the ledger's]",
        HelpName = "CODE",
    };

    private readonly Option<string[]> _owners = new("--owner")
    {
        Description = "A user who may spend from it by documents; may be repeated",
        HelpName = "USER",
    };

    private readonly Option<bool> _close =
        new("--close") { Description = "Close it: nothing in, nothing out" };
    private readonly Option<bool> _reopen =
        new("--reopen") { Description = "Open a closed account again" };
    private readonly MetaOption _meta = new();
    private readonly IdOption _id = new();

    public OpenCommand(CliContext context)
        : base(context, "open",
            "Opens an account or changes its limits. Options you leave out keep their values.",
            "settle open Dave --overdraft 50", "settle open bank:cash --overdraft unlimited",
            "settle open wallet:7 --ceiling 1000 --asset EUR --owner ann",
            "settle open Dave --close")
    {
        Add(_name);
        Add(_overdraft);
        Add(_ceiling);
        Add(_asset);
        Add(_owners);
        Add(_close);
        Add(_reopen);
        Add(_meta);
        Add(_id);
    }

    protected override bool MakesLedger => true;

    protected override void CheckWords(ParseResult words)
    {
        OverdraftIn(words);
        CeilingIn(words);
        if (words.GetValue(_close) && words.GetValue(_reopen))
            throw new UsageException("--close cannot be combined with --reopen");
        _meta.In(words);
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var asset = words.GetValue(_asset);
        var account = await ledger.PutAccountAsync(new AccountRequest
        {
            Id = words.GetValue(_id),
            Account = words.GetRequiredValue(_name),
            Asset = asset,
            Overdraft = OverdraftIn(words),
            Ceiling = CeilingIn(words),
            Closed = words.GetValue(_close) ? true : words.GetValue(_reopen) ? false : null,
            Owners = words.GetValue(_owners) is { Length: > 0 } owners ? owners : null,
            Meta = _meta.In(words),
        }, cancellation);
        WriteResult(words, account, WireJson.Compact.Account,
            AccountLines.Of);
        return ExitStatus.Done;
    }

    private Overdraft? OverdraftIn(ParseResult words) =>
        words.GetValue(_overdraft) is { } text ? Overdraft.Parse(text) : null;

    private Ceiling? CeilingIn(ParseResult words) =>
        words.GetValue(_ceiling) is { } text ? Ceiling.Parse(text) : null;
}
