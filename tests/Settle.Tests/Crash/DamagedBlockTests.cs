using System.Text;
using Settle.Stores.Sqlite;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>Whatever happens to a stored block: <c>verify</c> says which one it was.</summary>
public sealed class DamagedBlockTests(ChainFile file) : IClassFixture<ChainFile>, IDisposable
{
    private const int Middle = 12;

    public void Dispose() => file.Restore();

    [Fact]
    public async Task An_undamaged_chain_is_clean()
    {
        var report = await LedgerVerification.VerifyAsync(file.Path);
        Assert.Empty(report.Faults);
        Assert.Equal(file.Height, report.Blocks);
    }

    [Fact]
    public async Task One_flipped_bit_anywhere_is_found_in_its_block()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (var time = 0; time < (LongTests.Wanted ? 1000 : 60); time++)
        {
            var height = 1 + random.Next(file.Height);
            var body = file.Original[ChainFile.Id(height)].ToArray();
            var (at, bit) = (random.Next(body.Length), random.Next(8));
            body[at] ^= (byte)(1 << bit);
            file.Put(ChainFile.Id(height), body);
            await AssertFoundAsync($"bit {bit} of byte {at}", height);
            file.Put(ChainFile.Id(height), file.Original[ChainFile.Id(height)]);
        }
    }

    [Fact]
    public async Task One_flipped_bit_anywhere_in_the_file_is_found_or_changes_no_block()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var whole = File.ReadAllBytes(file.Path);
        try
        {
            for (var time = 0; time < (LongTests.Wanted ? 1000 : 60); time++)
            {
                var bytes = whole.ToArray();
                var (at, bit) = (random.Next(bytes.Length), random.Next(8));
                bytes[at] ^= (byte)(1 << bit);
                File.WriteAllBytes(file.Path, bytes);
                if (await IsFoundAsync() || file.IsAsWritten())
                    continue;
                Assert.Fail($"bit {bit} of byte {at} changed a block and was not found");
            }
        }
        finally
        {
            File.WriteAllBytes(file.Path, whole);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("garbage")]
    [InlineData("{}")]
    [InlineData("\0\0\0\0")]
    public async Task A_body_that_is_no_block(string body)
    {
        file.Put(ChainFile.Id(Middle), Encoding.UTF8.GetBytes(body));
        await AssertFoundAsync($"the body '{body}'", Middle);
    }

    [Fact]
    public async Task A_body_cut_short_or_grown()
    {
        var body = file.Original[ChainFile.Id(Middle)];
        foreach (var changed in new byte[][] { body[..^1], body[..(body.Length / 2)], [.. body, 32] })
        {
            file.Put(ChainFile.Id(Middle), changed);
            await AssertFoundAsync($"{changed.Length} of {body.Length} bytes", Middle);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Middle)]
    public async Task A_removed_block(int height)
    {
        file.Remove(ChainFile.Id(height));
        await AssertFoundAsync("removed", height);
    }

    [Fact]
    public async Task Several_removed_blocks()
    {
        file.Remove(ChainFile.Id(Middle));
        file.Remove(ChainFile.Id(Middle + 1));
        file.Remove(ChainFile.Id(Middle + 5));
        await AssertFoundAsync("removed", Middle, Middle + 1, Middle + 5);
    }

    [Fact]
    public async Task Two_swapped_blocks()
    {
        file.Put(ChainFile.Id(Middle), file.Original[ChainFile.Id(Middle + 3)]);
        file.Put(ChainFile.Id(Middle + 3), file.Original[ChainFile.Id(Middle)]);
        await AssertFoundAsync("swapped", Middle, Middle + 3);
    }

    [Fact]
    public async Task A_block_in_the_place_of_another()
    {
        file.Put(ChainFile.Id(Middle), file.Original[ChainFile.Id(Middle - 1)]);
        await AssertFoundAsync("repeated", Middle);
    }

    [Fact]
    public async Task A_renamed_block()
    {
        file.Remove(ChainFile.Id(Middle));
        file.Put("block:main:12", file.Original[ChainFile.Id(Middle)]);
        await AssertFoundAsync("renamed", 0, Middle);
    }

    [Theory]
    [InlineData("note")]
    [InlineData("\U0001f600")]
    [InlineData("block:other:000000000001")]
    [InlineData("block:main:000000000012x")]
    public async Task A_document_that_does_not_belong_there(string id)
    {
        file.Put(id, "{}"u8.ToArray());
        await AssertFoundAsync($"'{id}' beside it", 0);
    }

    [Theory]
    [InlineData("\"status\":\"rejected\"", "\"reason\":\"insufficient_funds\",", "")]
    [InlineData("\"status\":\"successful\"", "", "\"reason\":\"insufficient_funds\",")]
    public async Task A_verdict_forged_together_with_all_later_hashes(
        string verdict, string reasonBefore, string reasonAfter)
    {
        var other = reasonAfter.Length > 0
            ? "\"status\":\"rejected\"" : "\"status\":\"successful\"";
        var entry = -1;
        file.Forge(Middle, text =>
        {
            var at = text.IndexOf(verdict, StringComparison.Ordinal);
            entry = text[..at].Split("\"status\":").Length - 1;
            var start = at - reasonBefore.Length;
            Assert.Equal(reasonBefore, text[start..at]);
            return text[..start] + reasonAfter + other + text[(at + verdict.Length)..];
        });
        var report = await LedgerVerification.VerifyAsync(file.Path);
        Assert.Equal((Middle, entry), (report.Faults[0].Height, report.Faults[0].Entry));
    }

    [Fact]
    public async Task An_amount_forged_beyond_what_the_payer_has()
    {
        file.Forge(Middle, text =>
        {
            var at = text.IndexOf("\"from\":\"account", StringComparison.Ordinal);
            var start = text.LastIndexOf("\"amount\":", at, StringComparison.Ordinal) + 9;
            return text[..start] + "999999," + text[at..];
        });
        var report = await LedgerVerification.VerifyAsync(file.Path);
        Assert.Equal(Middle, report.Faults[0].Height);
    }

    [Fact]
    public async Task A_page_of_the_file_that_is_garbage_costs_no_more_than_its_blocks()
    {
        const int pageSize = 16 * 1024;
        var whole = File.ReadAllBytes(file.Path);
        var named = new List<int>();
        for (var page = 1; page < whole.Length / pageSize; page++)
        {
            var bytes = whole.ToArray();
            bytes.AsSpan(page * pageSize, pageSize).Fill(0x55);
            File.WriteAllBytes(file.Path, bytes);
            var report = await LedgerVerification.VerifyAsync(file.Path);
            named.Add(report.Faults.Select(fault => fault.Height).Where(at => at > 0).Distinct().Count());
        }
        File.WriteAllBytes(file.Path, whole);
        Assert.All(named, count => Assert.InRange(count, 1, 4));
    }

    [Fact]
    public async Task A_removed_newest_block_that_the_index_has_seen()
    {
        using var indexed = new IndexedLedger();
        await indexed.InitializeAsync();
        using (var connection = SqliteConnection.Open(
            indexed.Path, SqliteAccess.ReadWrite, TimeSpan.FromSeconds(5)))
            connection.Execute("DELETE FROM documents WHERE id = (SELECT max(id) FROM documents)");
        var report = await LedgerVerification.VerifyAsync(indexed.Path);
        Assert.Equal(report.Blocks + 1, Assert.Single(report.Faults).Height);
    }

    [Fact]
    public async Task A_ledger_with_a_damaged_block_says_so_when_it_is_opened_or_read()
    {
        file.Put(ChainFile.Id(Middle), "garbage"u8.ToArray());
        await Assert.ThrowsAsync<StoreCorruptException>(async () =>
        {
            await using var ledger = await Ledger.OpenAsync(file.Path);
            await ledger.ReadBlocksAsync(1, 1000);
        });
    }

    private async Task<bool> IsFoundAsync()
    {
        try
        {
            return !(await LedgerVerification.VerifyAsync(file.Path)).IsClean;
        }
        catch (SettleException)
        {
            return true;
        }
    }

    private async Task AssertFoundAsync(string damage, params int[] heights)
    {
        var report = await LedgerVerification.VerifyAsync(file.Path);
        var found = report.Faults.Select(fault => (int)fault.Height).Distinct().Order().ToArray();
        if (!found.SequenceEqual(heights))
            Assert.Fail($"{damage}, block {string.Join(',', heights)}: verify named " +
                string.Join("; ", report.Faults.Select(fault => $"{fault}")));
    }
}
