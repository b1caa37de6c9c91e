using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>Where a ledger is may be a secret: it can stand in a file, and is never shown whole.</summary>
public sealed class LedgerLocationTests : IDisposable
{
    private const string Secret = "geheim17";

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task The_place_of_a_ledger_can_stand_in_a_file()
    {
        var (bank, place) = (_directory.File("bank.db"), _directory.File("place"));
        await File.WriteAllTextAsync(place, $"\n  {bank}\n\n", Stop);
        await CommandRun.DoneAsync("unused.db", "init", "--ledger", "@" + place);
        await CommandRun.DoneAsync("@" + place, "transfer", "@world", "Alex", "5");
        var run = await CommandRun.DoneAsync(bank, "balance", "Alex", "--json");
        Assert.Equal(500, run.Json[0].GetProperty("balance").GetInt64());
        await CommandRun.DoneAsync("unused.db", "verify", "--ledger", "@" + place);
        await File.WriteAllTextAsync(_directory.File("copy"), _directory.File("copy.db"), Stop);
        await CommandRun.DoneAsync("unused.db", "mirror", "@" + place, "@" + _directory.File("copy"));
        Assert.True(File.Exists(_directory.File("copy.db")));
    }

    [Theory]
    [InlineData("", "must have one line")]
    [InlineData("a.db\nb.db\n", "must have one line")]
    [InlineData(null, "there is no file '")]
    public async Task A_file_without_a_place_is_refused(string? text, string message)
    {
        var place = _directory.File("place");
        if (text is not null) await File.WriteAllTextAsync(place, text, Stop);
        var run = await CommandRun.OnAsync("@" + place, "balance");
        Assert.Equal(ExitStatus.Usage, run.Status);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData($"couchdb://u:{Secret}@127.0.0.1:1/bank")]
    [InlineData($"couchdb://u:{Secret}@127.0.0.1:1/Bank!")]
    [InlineData($"couchdb://u:{Secret}@127.0.0.1:1/")]
    [InlineData($"couchdb://u:{Secret}@127.0.0.1:99999/bank")]
    [InlineData($"couchdb://u:{Secret}@/bank")]
    [InlineData($"couchdbs://u:{Secret}@127.0.0.1:1/bank")]
    [InlineData($"http://u:{Secret}@127.0.0.1:1/bank")]
    [InlineData($"http://u:{Secret}@127.0.0.1:1/")]
    [InlineData($"postgres://u:{Secret}@127.0.0.1/bank")]
    public async Task A_password_is_in_no_message(string location)
    {
        foreach (var words in new string[][]
        {
            ["info"], ["transfer", "@world", "a", "1"], ["verify"], ["export"], ["serve", "--listen", "127.0.0.1:0"],
            ["mirror", location, _directory.File("copy.db")], ["balance", "--json"], ["resolve"],
            ["backup", _directory.File("copy.db")], ["restore", location, _directory.File("copy.db")],
        })
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
            var run = await CommandRun.OnAsync(location, "", words, patience.Token);
            Assert.NotEqual(ExitStatus.Done, run.Status);
            Assert.DoesNotContain(Secret, run.Error + run.Output, StringComparison.Ordinal);
        }
    }
}
