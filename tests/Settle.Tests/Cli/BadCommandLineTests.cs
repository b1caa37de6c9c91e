using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Whatever is wrong with the words, the message names it and the ledger stays as it
/// is.</summary>
public sealed class BadCommandLineTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>The words of transfers, then what the message must contain.</summary>
    public static TheoryData<string[], string> Transfers => new()
    {
        { ["keys"], "a command is missing" },
        { ["trasfer", "a", "b", "1"], "did you mean 'transfer'" },
        { ["nonsense"], "'nonsense' is not a command" },
        { ["outbox", "--", "list"], "'list' stands behind '--', where no command is looked for; leave '--' out" },
        { ["--", "balance"], "'balance' stands behind '--', where no command is looked for" },
        { ["quote", "--", "add", "dave"], "'add' stands behind '--', where no command is looked for" },
        { ["--ledger", "x"], "a command is missing before '--ledger'" },
        { ["--ledger=x"], "a command is missing before '--ledger=x'" },
        { ["quote", "--ledger", "x"], "a command is missing before '--ledger'" },
        { ["--frobnicate"], "'settle' has no option '--frobnicate', and a command is missing" },
        { ["transfer"], "FROM is missing" },
        { ["transfer", "a", "b"], "AMOUNT is missing" },
        { ["transfer", "a", "b", "1", "2"], "does not expect the word '2'" },
        { ["transfer", "a", "b", "1", "--mmo", "x"], "did you mean '--memo'" },
        { ["transfer", "--mmo", "x", "a", "b", "1"], "did you mean '--memo'" },
        { ["transfer", "--mmo", "a", "1"], "'transfer' has no option '--mmo'" },
        { ["--ledger", "x", "balance"], "'--ledger' comes after the command: settle balance" },
        { ["-l", "x", "balance"], "'-l' comes after the command: settle balance" },
        { ["transfer", "a", "b", "-5"], "amount: must be more than zero" },
        { ["transfer", "a", "b", "1", "--id"], "--id" },
        { ["transfer", "a", "b", "0"], "amount: must be more than zero" },
        { ["transfer", "a", "b", "0.00"], "amount: must be more than zero" },
        { ["transfer", "a", "b", "--", "-5"], "amount: must be more than zero" },
        { ["transfer", "a", "b", "five"], "amount: 'five' is not an amount" },
        { ["transfer", "a", "b", "1,50"], "amount: '1,50' is not an amount" },
        { ["transfer", "a", "b", "1e3"], "amount: '1e3' is not an amount" },
        { ["transfer", "a", "b", ".5"], "amount: '.5' is not an amount" },
        { ["transfer", "a", "b", "5."], "amount: '5.' is not an amount" },
        { ["transfer", "a", "b", ""], "amount: '' is not an amount" },
        { ["transfer", "a", "b", "1.005"], "amount: 1.005 has more decimals than the asset's 2" },
        { ["transfer", "a", "b", "1.250"], "amount: 1.250 has more decimals than the asset's 2" },
        { ["transfer", "a", "b", "10.000"], "amount: 10.000 has more decimals than the asset's 2" },
        { ["transfer", "a", "b", "1000.0", "--asset", "JPY"],
            "amount: 1000.0 has decimals; this asset has none" },
        { ["transfer", "a", "b", "1.0000000000000"],
            "amount: 1.0000000000000 has more decimals than the asset's 12" },
        { ["transfer", "a", "b", "1.5", "--asset", "JPY"], "amount: 1.5 has decimals; this asset has none" },
        { ["transfer", "a", "b", "90071992547409.92"], "amount: must be at most 9007199254740991" },
        { ["transfer", "a", "b", "99999999999999999999999999"], "amount: must be at most" },
        { ["transfer", "a", "a", "1"], "to: must be another account than 'from'" },
        { ["transfer", "", "b", "1"], "from: must not be empty" },
        { ["transfer", " a", "b", "1"], "from: must not begin or end with a space" },
        { ["transfer", "a", "b\tc", "1"], "to: must be printable" },
        { ["transfer", "a", new string('b', 129), "1"], "to: must be at most 128 UTF-8 bytes" },
        { ["transfer", "a", "b", "1", "--asset", "NOPE"],
            "asset: 'NOPE' is neither in ISO 4217 nor declared" },
        { ["transfer", "a", "b", "1", "--id", ""], "id: must not be empty" },
        { ["transfer", "a", "b", "1", "--id", new string('i', 129)], "id: must be at most 128" },
        { ["transfer", "a", "b", "1", "--timestamp", "tomorrow"], "timestamp: '" },
        { ["transfer", "a", "b", "1", "--timestamp", "2026-02-30"], "timestamp: '" },
        { ["transfer", "a", "b", "1", "--memo", new string('m', 1025)],
            "memo: must be at most 1024" },
        { ["transfer", "a", "b", "1", "--meta", "pair"], "meta: 'pair' is not a pair" },
        { ["transfer", "a", "b", "1", "--meta", "k=1", "--meta", "k=2"],
            "meta: 'k' is given twice" },
    };

    /// <summary>Amounts that can be meant as thousands.</summary>
    public static TheoryData<string[], string> Decimals => new()
    {
        { ["refund", "dave", "1.190"], "amount: 1.190 has more decimals" },
        { ["chargeback", "p-1", "1.190"], "amount: 1.190 has more decimals" },
        { ["chargeback", "p-1", "--fee", "3.000"], "fee: 3.000 has more decimals" },
        { ["opening", "RE-1", "dave", "1.190", "--date", "2026-09-30", "--due", "2026-10-14"],
            "amount: 1.190 has more decimals" },
        { ["opening", "RE-1", "dave", "1", "--open", "1.000", "--date", "2026-09-30",
            "--due", "2026-10-14"], "open: 1.000 has more decimals" },
        { ["seller", "--name", "W", "--country", "DE", "--reminder-minimum", "1.000"],
            "1.000 has more decimals" },
        { ["seller", "--name", "W", "--country", "DE", "--reminder-flat-fee", "40.000"],
            "40.000 has more decimals" },
        { ["seller", "--name", "W", "--country", "DE", "--reminder", "21=2.500"],
            "2.500 has more decimals" },
    };

    /// <summary>Options of a command before one that stands behind it.</summary>
    public static TheoryData<string[], string> Before => new()
    {
        { ["dun", "--dry-run", "hold", "2026-000001"],
            "'--dry-run' is an option of 'settle dun', and 'settle dun hold' has none such; leave it out" },
        { ["dun", "--id", "x", "hold", "2026-000001"], "'--id' comes after the command: settle dun hold ... --id ..." },
        { ["dun", "-l", "x", "release", "2026-000001"], "'-l' comes after the command: settle dun release ... -l ..." },
        { ["sites", "--csv", "add", "north"], "'--csv' is an option of 'settle sites', and 'settle sites add' has none such" },
        { ["sites", "--ledger", "x", "retire"], "'--ledger' comes after the command: settle sites retire ..." },
    };

    /// <summary>The words of other commands, then what the message must contain.</summary>
    public static TheoryData<string[], string> Others => new()
    {
        { ["transaction"], "POSTING is missing" },
        { ["transaction", "a to b 5"], "postings[0]: 'a to b 5' is not a posting" },
        { ["transaction", "a -> b"], "postings[0]: 'a -> b' is not a posting" },
        { ["transaction", "a -> b 5", "b -> c x5"], "postings[1]" },
        { ["transaction", "a -> b 0"], "postings[0].amount: must be more than zero" },
        { ["transaction", "a -> b 5", "b -> b 5"], "postings[1].to: must be another account" },
        { ["transaction", "a -> b 1.000"], "postings[0].amount: 1.000 has more decimals" },
        { ["transaction", "x -> y -> z 5"],
            "postings[0]: 'x -> y -> z 5' has two arrows; write a posting for each" },
        { ["transaction", "x -> y 5 6"], "postings[0]: 'x -> y 5 6' has 'y 5' before the amount" },
        { ["transaction", "x -> y 5 EUR 3"], "has 'y 5 EUR' before the amount" },
        { ["transaction", "x -> y 5,00 3 EUR"], "has 'y 5,00' before the amount" },
        { ["transaction", "x -> 5 EUR 3"], "has '5 EUR' before the amount" },
        { ["charge", "dave", "1.250", "x", "--quantity", "2"], "amount: '1.250' can be read in two ways" },
        { ["charge", "dave", "1", "x", "--quantity", "1.250"], "quantity: '1.250' can be read in two ways" },
        { ["hold", "a", "b", "1.000"], "amount: 1.000 has more decimals" },
        { ["open", "a", "--overdraft", "1.000"], "overdraft: 1.000 has more decimals" },
        { ["open", "a", "--ceiling", "1.000"], "ceiling: 1.000 has more decimals" },
        { ["hold", "a", "b", "1", "--expires", "soon"], "expires: 'soon' is not a duration" },
        { ["hold", "a", "b", "1", "--expires", "7"], "expires: '7' is not a duration" },
        { ["hold", "a", "b", "1", "--expires", "0d"], "expires: '0d' is out of range" },
        { ["hold", "a", "b", "1", "--expires", "9999999999999d"], "expires: '9999999999999d' is out of range" },
        { ["hold", "a", "b", "-1"], "amount: must be more than zero" },
        { ["capture"], "ID is missing" },
        { ["capture", "h", "abc"], "amount: 'abc' is not an amount" },
        { ["open"], "NAME is missing" },
        { ["open", "a", "--overdraft", "lots"], "overdraft: 'lots' is neither an amount nor 'unlimited'" },
        { ["open", "a", "--overdraft", "1.005"], "overdraft: 1.005 has more decimals" },
        { ["open", "a", "--ceiling", "no"], "ceiling: 'no' is neither an amount nor 'none'" },
        { ["open", "a", "--close", "--reopen"], "--close cannot be combined with --reopen" },
        { ["open", "a", "--overdraft", "5", "--asset", "NOPE"], "asset: 'NOPE'" },
        { ["asset", "points"], "--scale" },
        { ["asset", "points", "--scale", "13"], "scale: must be 0 to 12, not 13" },
        { ["asset", "points", "--scale", "two"], "scale: 'two' is not a whole number" },
        { ["asset", "points", "--scale", "+2"], "scale: '+2' is not a whole number" },
        { ["init", "--asset", "points", "--scale", " 2"], "scale: ' 2' is not a whole number" },
        { ["asset", "9points", "--scale", "0"], "asset: must be an asset's code" },
        { ["init", "--asset", "9points"], "asset: " },
        { ["init", "--asset", "points"], "scale" },
        { ["balance", "--at", "99"], "at: there is no block 99: the newest is" },
        { ["balance", "--at", "2999-01-01"], "at: 2999-01-01T23:59:59Z is in the future" },
        { ["balance", "--at", "tomorrow"], "at: 'tomorrow' is not a height, day or time" },
        { ["balance", "--at", "2026-11-21T20:00:00"], "at: '2026-11-21T20:00:00' is not a height, day or time" },
        { ["balance", "a", "b"], "does not expect the word 'b'" },
        { ["log", "--limit", "-1"], "limit: must be 0 or more, not -1" },
        { ["log", "--limit", "0"], "limit: must be 1 or more, not 0" },
        { ["log", "--limit", "many"], "limit: 'many' is not a whole number" },
        { ["log", "-n", "٥"], "limit: '٥' is not a whole number" },
        { ["customer", "dave", "--terms", "366"], "terms: must be 0 to 365, not 366" },
        { ["customer", "dave", "--treatment", "none"], "treatment: 'none' is not one of standard" },
        { ["invoices", "--status", "due"], "status: 'due' is not one of open" },
        { ["export", "--format", "datev", "--client", "0"], "client: must be 1 to 99999, not 0" },
        { ["show"], "ID is missing" },
        { ["export"], "--format" },
        { ["export", "--format", "xml"], "xml" },
        { ["export", "--format", "csv", "--output", "/nowhere/at/all.csv"],
            "output: cannot write" },
        { ["export", "--format", "jsonl", "--accounts", "a.csv"],
            "--accounts can only be used with --format csv" },
        { ["export", "--format", "csv", "--accounts", "a.csv", "--from", "2026-10-01"],
            "--accounts cannot be combined with --from or --to" },
        { ["import"], "FILE or --accounts is missing" },
        { ["import", "/nowhere/at/all.csv"], "file: there is no file /nowhere/at/all.csv" },
        { ["import", "/"], "file: / is a folder" },
        { ["import", "-", "--accounts", "-"], "only one" },
        { ["import", "-", "--asset", "NOPE"], "asset: 'NOPE'" },
    };

    /// <summary>The words of the server's commands and tools, and of all others.</summary>
    public static TheoryData<string[], string> Tools => new()
    {
        { ["bank", "/nowhere/at/all.xml"], "file: there is no file /nowhere/at/all.xml" },
        { ["bank", "/"], "file: / is a folder" },
        { ["seller", "--file", "/nowhere.json"], "file: there is no file /nowhere.json" },
        { ["simulate", "--jobs", "0"], "jobs: must be 1 to 1024, not 0" },
        { ["bench", "--transfers", "1e6"], "transfers: '1e6' is not a whole number" },
        { ["serve", "--listen", "here"], "listen: 'here' is not an address and port" },
        { ["serve", "--listen", "0.0.0.0:0"], "keys" },
        { ["serve", "--body-limit", "0"], "body-limit: must be 1 to 1073741824, not 0" },
        { ["serve", "--body-limit", "1073741825"], "body-limit: must be 1 to 1073741824, not" },
        { ["serve", "--body-limit", "8MB"], "body-limit: '8MB' is not a whole number" },
        { ["balance", "--leger", "x"], "'balance' has no option '--leger'; did you mean '--ledger'" },
        { ["export", "--format", "pdf"],
            "format: 'pdf' is not one of hledger, beancount, csv, jsonl, " },
        { ["export", "--format", "csv", "--output", "/nowhere/x"],
            "output: cannot write /nowhere/x: there is no such folder" },
        { ["serve", "--rate-limit", "0"], "rate-limit: must be 1 or more, not 0" },
        { ["keys"], "a command is missing" },
        { ["keys", "add"], "NAME is missing" },
        { ["keys", "add", "x", "--role", "god"], "god" },
        { ["keys", "list", "--keys", "/nowhere/keys.json"], "/nowhere/keys.json" },
        { ["balance", "--ledger", ""], "--ledger must not be empty" },
        { ["balance", "--ledger", "ftp://host/bank"], "ledger: 'ftp://'" },
    };

    [Theory]
    [MemberData(nameof(Transfers))]
    [MemberData(nameof(Others))]
    [MemberData(nameof(Before))]
    [MemberData(nameof(Decimals))]
    [MemberData(nameof(Tools))]
    public async Task Wrong_words_are_refused_and_change_nothing(string[] words, string message)
    {
        var run = await CommandRun.RefusedAsync(_folder.File("bank.db"), message, words);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("transfer", "a", "b", "five")]
    [InlineData("transfer", "a", "b", "-1")]
    [InlineData("hold", "a", "b", "1", "--expires", "soon")]
    [InlineData("open", "a", "--overdraft", "lots")]
    [InlineData("import", "/nowhere/at/all.csv")]
    [InlineData("asset", "points", "--scale", "13")]
    public async Task Wrong_words_make_no_ledger(params string[] words)
    {
        var run = await CommandRun.OnAsync(_folder.File("bank.db"), words);

        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_workload_that_there_is_not_is_refused_before_anything_is_measured()
    {
        var run = await CommandRun.OnAsync(_folder.File("bank.db"), "bench", "nonsense");
        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains("'nonsense' is none of", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("'couch' needs the address of a CouchDB server", "bench", "couch")]
    [InlineData("--couchdb: must be http(s)://", "bench", "couch", "--couchdb", "db.example")]
    public async Task A_workload_on_CouchDB_needs_a_server(string message, params string[] words)
    {
        var run = await CommandRun.OnAsync(_folder.File("bank.db"), words);
        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task With_json_an_error_is_a_problem_object()
    {
        var words = await CommandRun
            .OnAsync(_folder.File("bank.db"), "transfer", "a", "b", "--json");
        var amount =
            await CommandRun.OnAsync(_folder.File("bank.db"), "transfer", "a", "b", "x", "--json");

        Assert.Equal("invalid_command", words.Problem.GetProperty("code").GetString());
        Assert.Equal("invalid_request", amount.Problem.GetProperty("code").GetString());
        Assert.Equal("amount", amount.Problem.GetProperty("field").GetString());
        Assert.Equal(ExitStatus.Usage, amount.Problem.GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("init", "--ledger", ":memory:")]
    [InlineData("init", "--ledger", ":Memory:")]
    [InlineData("init", "--ledger", ":memory:?cache=shared")]
    [InlineData("transfer", "@world", "a", "5", "--ledger", ":memory:")]
    [InlineData("balance", "--ledger", ":memory:")]
    [InlineData("verify", "--ledger", ":memory:")]
    [InlineData("serve", "--ledger", ":memory:")]
    [InlineData("backup", ":memory:")]
    [InlineData("restore", ":memory:", "copy.db")]
    [InlineData("restore", "bank.db", ":memory:")]
    [InlineData("mirror", ":memory:", "copy.db")]
    [InlineData("mirror", "bank.db", ":memory:")]
    [InlineData("init", "--ledger", "file::memory:?cache=shared")]
    public async Task A_ledger_that_would_be_gone_at_once_is_refused(params string[] words)
    {
        var bank = _folder.File("bank.db");
        await CommandRun.DoneAsync(bank, "init");
        var run = await CommandRun.OnAsync(
            bank, [.. words.Select(word => word is "bank.db" or "copy.db" ? _folder.File(word) : word)]);

        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains("error: ledger: '", run.Error, StringComparison.Ordinal);
        Assert.Contains("bank.db", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(":memory:"));
    }
}
