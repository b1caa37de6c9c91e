using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>1 says that the ledger has a fault, 3 that there is no ledger to be reached.</summary>
public sealed class VerifyCommandTests : IDisposable
{
    private const int PageBytes = 16 * 1024;

    private readonly TemporaryDirectory _folder = new();

    private string Bank => _folder.File("bank.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_whose_first_page_is_garbage_is_a_fault_and_not_out_of_reach()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "5");
        var bytes = await File.ReadAllBytesAsync(Bank, TestContext.Current.CancellationToken);
        bytes.AsSpan(0, PageBytes).Fill(0x55);
        await File.WriteAllBytesAsync(Bank, bytes, TestContext.Current.CancellationToken);

        var run = await CommandRun.OnAsync(Bank, "verify");
        var json = await CommandRun.OnAsync(Bank, "verify", "--json");

        Assert.Equal(ExitStatus.Refused, run.Status);
        Assert.Contains("first page is damaged", run.Output, StringComparison.Ordinal);
        Assert.Empty(run.Error);
        Assert.Equal(ExitStatus.Refused, json.Status);
        Assert.Single(json.Json.GetProperty("faults").EnumerateArray());
    }

    [Fact]
    public async Task Any_changed_byte_at_the_beginning_of_the_file_is_a_fault_or_does_no_harm()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "5");
        var good = await File.ReadAllBytesAsync(Bank, TestContext.Current.CancellationToken);
        var statuses = new Dictionary<int, int>();
        for (var at = 0; at < 112; at++)
        {
            var bad = good.ToArray();
            bad[at] ^= 0x55;
            await File.WriteAllBytesAsync(Bank, bad, TestContext.Current.CancellationToken);
            statuses[at] = (await CommandRun.OnAsync(Bank, "verify")).Status;
        }
        // Where SQLite keeps whose file it is, and of which version: that is another program's now.
        Assert.All(statuses, each => Assert.True(
            each.Key is (>= 60 and < 64) or (>= 68 and < 72)
                ? each.Value == ExitStatus.Store : each.Value is ExitStatus.Done or ExitStatus.Refused,
            $"byte {each.Key}: {each.Value}"));
        Assert.Contains(ExitStatus.Refused, statuses.Values);
    }

    [Fact]
    public async Task An_account_that_has_terms_in_another_asset_only_is_no_fault()
    {
        await CommandRun.DoneAsync(Bank, "init");
        await CommandRun.DoneAsync(Bank, "open", "Ann", "--asset", "EUR", "--overdraft", "5", "--close");

        await CommandRun.DoneAsync(Bank, "verify");
    }

    [Fact]
    public async Task It_counts_the_accounts_that_info_counts()
    {
        await CommandRun.DoneAsync(Bank, "transfer", "@world", "Dave", "5");
        await CommandRun.OnAsync(Bank, "transfer", "poor", "hopeful", "5");

        var verified = (await CommandRun.DoneAsync(Bank, "verify", "--json")).Json;
        var info = (await CommandRun.DoneAsync(Bank, "info", "--json")).Json;

        Assert.Equal(2, verified.GetProperty("accounts").GetInt64());
        Assert.Equal(2, info.GetProperty("accounts").GetInt64());
    }

    [Fact]
    public async Task What_is_no_ledger_is_out_of_reach()
    {
        Assert.Equal(ExitStatus.Store, (await CommandRun.OnAsync(Bank, "verify")).Status);
        Directory.CreateDirectory(Bank);
        Assert.Equal(ExitStatus.Store, (await CommandRun.OnAsync(Bank, "verify")).Status);
    }
}
