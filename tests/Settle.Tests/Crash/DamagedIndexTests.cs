using Settle.TestHost;
using Xunit;

namespace Settle.Tests.Crash;

/// <summary>The index may be lost or damaged in any way: the ledger's answers stay the same.</summary>
public sealed class DamagedIndexTests(IndexedLedger pristine)
    : IClassFixture<IndexedLedger>, IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly Random random = new(1);

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task An_index_deleted_while_the_ledger_is_closed_is_made_again()
    {
        var path = Copy();
        Directory.Delete(path + ".index", recursive: true);
        await AssertSameAsync(path, "deleted");
        Assert.NotEmpty(Directory.GetFiles(path + ".index"));
        await AssertSameAsync(path, "made again");
    }

    [Fact]
    public async Task An_index_deleted_while_the_ledger_is_open_does_no_harm()
    {
        var path = Copy();
        await using (var ledger = await Ledger.OpenAsync(path))
        {
            Directory.Delete(path + ".index", recursive: true);
            Assert.Equal(pristine.Answers,
                await LedgerAnswers.AskAsync(ledger, IndexedLedger.Transfers));
            await ledger.TransferBatchAsync(NumberedTransfers.Range(IndexedLedger.Transfers, 500));
        }
        await using var again = await Ledger.OpenAsync(path);
        var verdicts = await again.TransferBatchAsync(
            NumberedTransfers.Range(0, IndexedLedger.Transfers + 500));
        Assert.All(verdicts, verdict => Assert.True(verdict.Replayed));
        await NaiveLedger.ReadAsync(again);
    }

    [Fact]
    public async Task An_index_of_another_ledger_is_not_believed()
    {
        var path = Copy();
        var other = directory.File("other.db");
        await using (var ledger = await Ledger.OpenAsync(other))
            await ledger.TransferBatchAsync(NumberedTransfers.Range(100, 20_000));
        Directory.Delete(path + ".index", recursive: true);
        Directory.Move(other + ".index", path + ".index");
        await AssertSameAsync(path, "another ledger's");
    }

    [Fact]
    public async Task An_index_that_is_ahead_of_its_restored_ledger_is_not_believed()
    {
        var path = Copy();
        await using (var ledger = await Ledger.OpenAsync(path))
            await ledger.TransferBatchAsync(NumberedTransfers.Range(IndexedLedger.Transfers, 500));
        File.Copy(pristine.Path, path, overwrite: true);
        await AssertSameAsync(path, "ahead");
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("emptied")]
    [InlineData("cut in half")]
    [InlineData("one byte short")]
    [InlineData("one byte flipped")]
    [InlineData("replaced by garbage")]
    [InlineData("grown by garbage")]
    public async Task A_damaged_file_of_the_index_heals(string damage)
    {
        // One file of each kind is enough, unless there is time for all.
        var names = Directory.GetFiles(pristine.Path + ".index").Select(Path.GetFileName).Order()
            .GroupBy(name => LongTests.Wanted ? name : name!.Split('-')[0]).Select(kind => kind.Last());
        var times = damage != "one byte flipped" ? 1 : LongTests.Wanted ? 20 : 2;
        foreach (var name in names)
            for (var time = 0; time < times; time++)
            {
                var path = Copy();
                Damage(Path.Combine(path + ".index", name!), damage);
                await AssertSameAsync(path, $"{name} {damage}");
            }
    }

    private void Damage(string file, string damage)
    {
        var bytes = File.ReadAllBytes(file);
        var garbage = new byte[1000];
        random.NextBytes(garbage);
        if (damage == "deleted")
        {
            File.Delete(file);
            return;
        }
        if (damage == "one byte flipped" && bytes.Length > 0)
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        File.WriteAllBytes(file, damage switch
        {
            "emptied" => [],
            "cut in half" => bytes[..(bytes.Length / 2)],
            "one byte short" => bytes[..Math.Max(0, bytes.Length - 1)],
            "replaced by garbage" => garbage,
            "grown by garbage" => [.. bytes, .. garbage],
            _ => bytes,
        });
    }

    private async Task AssertSameAsync(string path, string what)
    {
        try
        {
            await using var ledger = await Ledger.OpenAsync(path);
            Assert.Equal(pristine.Answers,
                await LedgerAnswers.AskAsync(ledger, IndexedLedger.Transfers));
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"with the index {what}: {error.Message}", error);
        }
    }

    private string Copy()
    {
        var copy = directory.File($"copy{random.Next():x8}");
        Directory.CreateDirectory(copy + ".index");
        File.Copy(pristine.Path, copy);
        foreach (var file in Directory.GetFiles(pristine.Path + ".index"))
            File.Copy(file, Path.Combine(copy + ".index", Path.GetFileName(file)));
        return copy;
    }
}
