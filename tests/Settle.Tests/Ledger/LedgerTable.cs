using System.Globalization;
using Xunit;

namespace Settle.Tests.Rules;

/// <summary>
/// Runs a table of steps that an accountant can read on a real ledger. At the end the ledger is opened
/// again from its chain and must show the same balances, which add up to zero.
/// </summary>
internal sealed class LedgerTable : StepTable
{
    public static async Task RunAsync(string table)
    {
        await using var run = new LedgerTable();
        await run.OpenAsync();
        await run.RunStepsAsync(table);
        await run.CheckTotalsAsync();
        await run.RestartAsync();
    }

    protected override async Task<string> ActAsync(string verb, TableStep step)
    {
        switch (verb)
        {
            case "init":
                await Ledger.InitializeAsync(step.Word());
                return "ok";
            case "asset":
                await Ledger.DeclareAssetAsync(step.Word(), (int)step.Amount());
                return "ok";
            case "open":
                await Ledger.PutAccountAsync(Account(step));
                return "ok";
            case "transfer":
                return Outcome((await Ledger.TransferAsync(Transfer(step))).Replayed);
            case "transaction":
                return Outcome((await Ledger.TransactAsync(Transaction(step))).Replayed);
            case "hold":
                return Outcome((await Ledger.HoldAsync(Hold(step))).Replayed);
            case "capture":
                return Outcome((await Ledger.CaptureAsync(new CaptureRequest
                    { Id = step.Word(), Hold = step.Word(), Amount = step.AmountIfAny() is { } part ? Minor(part) : null })).Replayed);
            case "void":
                return Outcome((await Ledger.VoidAsync(new VoidRequest
                    { Id = step.Word(), Hold = step.Word() })).Replayed);
            case "revert":
                return Outcome((await Ledger.RevertAsync(new RevertRequest
                {
                    Id = step.Word(), Reverts = step.Word(),
                    Amount = step.AmountIfAny() is { } back ? Minor(back) : null,
                })).Replayed);
            case "strict":
                await Ledger.InitializeAsync(
                    new LedgerRequest { Asset = step.Word(), Strict = step.Word() == "on" });
                return "ok";
            default:
                return await LookAsync(verb, step);
        }
    }

    private async Task<string> LookAsync(string verb, TableStep step)
    {
        switch (verb)
        {
            case "later":
                Clock.Now += step.Span();
                return "";
            case "restart":
                await RestartAsync();
                return "";
            case "state":
                return (await Ledger.GetHoldAsync(step.Word()))?.State is { } state ? Words<HoldState>.Of(state) : "none";
            case "height":
                return (await Ledger.GetInfoAsync()).Height.ToString(CultureInfo.InvariantCulture);
            case "account":
                var account = await Ledger.GetAccountAsync(step.Word());
                return account is null ? "none" : account.Closed ? "closed" : "open";
            case "balance":
                return await BalanceAsync(step);
            default:
                throw new FormatException($"what is '{verb}' in: {step.Line}");
        }
    }

    // balance Alex 50.00 EUR available 40.00
    private async Task<string> BalanceAsync(TableStep step)
    {
        var name = step.Word();
        var amount = step.Amount();
        var asset = step.AssetIfAny() ?? (await Ledger.GetInfoAsync()).Asset;
        var available = step.Is("available") ? step.Amount() : amount;
        var account = await Ledger.GetAccountAsync(name);
        var balance = account?.Balances.FirstOrDefault(each => each.Asset == asset);
        if (((balance?.Balance.Units ?? 0), (balance?.Available.Units ?? 0)) == (amount, available)) return "";
        return $"{balance?.Balance.Units} available {balance?.Available.Units}";
    }

    private static AccountRequest Account(TableStep step)
    {
        var request = new AccountRequest { Account = step.Word() };
        while (!step.IsOver)
        {
            request = step.Word() switch
            {
                "overdraft" => request with { Overdraft = step.Is("unlimited")
                    ? Overdraft.Unlimited : Overdraft.Of(Minor(step.Amount())) },
                "ceiling" => request with { Ceiling = step.Is("none")
                    ? Ceiling.None : Ceiling.Of(Minor(step.Amount())) },
                "closed" => request with { Closed = true },
                "reopened" => request with { Closed = false },
                "asset" => request with { Asset = step.Word() },
                "owner" => request with { Owners = [step.Word()] },
                "meta" => request with { Meta = Meta(step.Word()) },
                "id" => request with { Id = step.Word() },
                var other => throw new FormatException($"what is '{other}' in: {step.Line}"),
            };
        }
        return request;
    }

    private static TransferRequest Transfer(TableStep step)
    {
        var id = step.Word();
        var posting = step.Posting();
        return new TransferRequest
        {
            Id = id, From = posting.From, To = posting.To, Amount = Minor(posting.Amount.Units), Asset = posting.Asset,
            Timestamp = step.Is("at") ? Parse.Timestamp("timestamp", step.Word()) : null,
            Memo = step.Is("memo") ? step.Word() : null,
            Meta = step.Is("meta") ? Meta(step.Word()) : null,
        };
    }

    // transaction X1 A -> B 1.00 + B -> C 2.00 EUR
    private static TransactionRequest Transaction(TableStep step)
    {
        var id = step.Word();
        var postings = new List<Posting>();
        do postings.Add(step.Posting());
        while (step.Is("+"));
        return new TransactionRequest { Id = id, Postings = postings, Memo = step.Is("memo") ? step.Word() : null };
    }

    private static HoldRequest Hold(TableStep step)
    {
        var id = step.Word();
        var posting = step.Posting();
        return new HoldRequest
        {
            Id = id, From = posting.From, To = posting.To, Amount = Minor(posting.Amount.Units), Asset = posting.Asset,
            ExpiresIn = step.SpanIfAny(),
            Memo = step.Is("memo") ? step.Word() : null,
        };
    }

    private static Dictionary<string, string> Meta(string pair) => new() { [pair.Split('=')[0]] = pair.Split('=')[1] };

    private static string Outcome(bool replayed) => replayed ? "successful again" : "successful";

    private async Task RestartAsync()
    {
        var before = await Ledger.ListBalancesAsync();
        await Ledger.DisposeAsync();
        await OpenAsync();
        Assert.Equal(before, await Ledger.ListBalancesAsync());
    }

    private async Task CheckTotalsAsync()
    {
        foreach (var asset in (await Ledger.ListBalancesAsync()).GroupBy(balance => balance.Asset))
            Assert.Equal(0, asset.Aggregate((Int128)0, (sum, balance) => sum + balance.Amount.Units));
    }
}
