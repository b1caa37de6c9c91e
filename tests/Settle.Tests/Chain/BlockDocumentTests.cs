using System.Runtime.InteropServices;
using System.Text;
using Settle.Chain;
using Xunit;

namespace Settle.Tests.Chain;

/// <summary>A block that was changed after it was written is noticed before anything of it is used.</summary>
public sealed class BlockDocumentTests
{
    private const string Id = "block:main:000000000042";

    [Fact]
    public void A_sealed_block_is_read_back()
    {
        var builder = Build(2);
        var block = BlockDocument.Parse(Id, builder.Body, keepsBytes: true);
        Assert.Equal((42L, "main", "w", 1_700_000_000_000_000L),
            (block.Header.Height, block.Header.Site, block.Header.Writer, block.Header.Time));
        Assert.Equal(IndependentHash.Of(builder.Body.Span), block.Header.Hash.ToString());
        Assert.Equal('[', (char)block.Body.Span[block.EntriesStart - 1]);
        Assert.Equal(']', (char)block.Body.Span[block.EntriesEnd]);
        Assert.Equal(IndependentHash.Canonical(builder.Body.Span), Encoding.UTF8.GetString(builder.Body.Span));
    }

    [Fact]
    public void Sealing_moves_no_entry()
    {
        // While one thread seals a block, another one reads its entries.
        for (var capacity = 64; capacity < 4096; capacity += 61)
        {
            var builder = new BlockBuilder(capacity);
            builder.Begin("main", BlockId.HeightMax);
            var batch = new RequestBatch();
            Settle.Settling.LedgerRequests.Read(batch, new TransferRequest { From = "A", To = "B", Amount = Minor(1) }, "t-1", Dollars);
            builder.Append(batch, batch[0]);
            MemoryMarshal.TryGetArray(builder.Body, out var before);
            builder.Seal("main", BlockHash.None, 1_700_000_000_000_000, Guid.Empty.ToString("N"));
            MemoryMarshal.TryGetArray(builder.Body, out var after);
            Assert.Same(before.Array, after.Array);
        }
    }

    [Fact]
    public void Any_flipped_bit_is_noticed()
    {
        var body = Build(2).Body.ToArray();
        for (var at = 0; at < body.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                body[at] ^= (byte)(1 << bit);
                Assert.Throws<FormatException>(() => BlockDocument.Parse(Id, body, keepsBytes: true));
                body[at] ^= (byte)(1 << bit);
            }
        }
    }

    [Fact]
    public void Any_flipped_bit_is_noticed_or_means_the_same_where_a_store_reformats()
    {
        // There a block is its content: another spelling of the same content is the same block.
        var body = Build(1).Body.ToArray();
        var original = body.ToArray();
        for (var at = 0; at < body.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                body[at] ^= (byte)(1 << bit);
                try
                {
                    var block = BlockDocument.Parse(Id, body, keepsBytes: false);
                    Assert.Equal(original, block.Body.ToArray());
                }
                catch (FormatException e)
                {
                    Assert.NotEmpty(e.Message);
                }
                body[at] ^= (byte)(1 << bit);
            }
        }
    }

    [Theory]
    [InlineData("{\"_id\":\"ID\",\"_rev\":\"1-abc\",REST}")]
    [InlineData("{\"_id\":\"ID\",REST,\"_rev\":\"1-abc\"}")]
    [InlineData("{\"_rev\":\"1-abc\",\"_id\":\"ID\",REST}")]
    [InlineData("{\"_id\":\"ID\",\"_rev\":\"1-abc\", REST }")]
    public void A_revision_changes_nothing_wherever_it_stands(string layout)
    {
        var builder = Build(2);
        var text = Encoding.UTF8.GetString(builder.Body.Span);
        var rest = text[$"{{\"_id\":\"{Id}\",".Length..^1];
        var stored = Encoding.UTF8.GetBytes(layout.Replace("ID", Id, StringComparison.Ordinal)
            .Replace("REST", rest, StringComparison.Ordinal));
        var block = BlockDocument.Parse(Id, stored, keepsBytes: false);
        Assert.Equal(text, Encoding.UTF8.GetString(block.Body.Span));
        Assert.Throws<FormatException>(() => BlockDocument.Parse(Id, stored, keepsBytes: true));
    }

    [Fact]
    public void Any_flipped_bit_of_a_document_with_a_revision_is_noticed_or_means_the_same()
    {
        var original = Build(1).Body.ToArray();
        var text = Encoding.UTF8.GetString(original);
        var stored = Encoding.UTF8.GetBytes(
            text.Replace("\"entries\"", "\"_rev\":\"1-abc\",\"entries\"", StringComparison.Ordinal));
        for (var at = 0; at < stored.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                stored[at] ^= (byte)(1 << bit);
                try
                {
                    var block = BlockDocument.Parse(Id, stored, keepsBytes: false);
                    Assert.Equal(original, block.Body.ToArray());
                }
                catch (FormatException e)
                {
                    Assert.NotEmpty(e.Message);
                }
                stored[at] ^= (byte)(1 << bit);
            }
        }
    }

    [Fact]
    public void Any_missing_or_added_end_is_noticed()
    {
        var body = Build(2).Body.ToArray();
        for (var length = 0; length < body.Length; length++)
        {
            Assert.Throws<FormatException>(
                () => BlockDocument.Parse(Id, body.AsMemory(0, length), keepsBytes: true));
        }
        foreach (var more in (byte[])[(byte)'}', (byte)' ', 0])
            Assert.Throws<FormatException>(() => BlockDocument.Parse(Id, body.Append(more).ToArray(), true));
    }

    [Fact]
    public void Any_removed_byte_is_noticed()
    {
        var body = Build(2).Body.ToArray();
        for (var at = 0; at < body.Length; at++)
        {
            byte[] shorter = [.. body[..at], .. body[(at + 1)..]];
            Assert.Throws<FormatException>(() => BlockDocument.Parse(Id, shorter, keepsBytes: true));
        }
    }

    [Fact]
    public void Swapped_entries_are_noticed()
    {
        var text = Encoding.UTF8.GetString(Build(2).Body.Span);
        var swapped = text.Replace("\"t-0\"", "\"x\"", StringComparison.Ordinal)
            .Replace("\"t-1\"", "\"t-0\"", StringComparison.Ordinal)
            .Replace("\"x\"", "\"t-1\"", StringComparison.Ordinal);
        Assert.Equal(text.Length, swapped.Length);
        Assert.Throws<FormatException>(() => BlockDocument.Parse(Id, Encoding.UTF8.GetBytes(swapped), true));
    }

    [Fact]
    public void A_block_under_another_id_is_noticed()
    {
        var body = Build(1).Body;
        foreach (var id in new[] { "block:main:000000000043", "block:mainx:000000000042", "block:main:42", "" })
            Assert.Throws<FormatException>(() => BlockDocument.Parse(id, body, keepsBytes: true));
        // Even when the id is changed in the document too: its header tells.
        const string other = "block:main:000000000043";
        var moved = Encoding.UTF8.GetString(body.Span).Replace(Id, other, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => BlockDocument.Parse(other, Encoding.UTF8.GetBytes(moved), true));
    }

    [Fact]
    public void Texts_that_look_like_the_end_of_the_entries_mislead_nobody()
    {
        var builder = new BlockBuilder(64);
        builder.Begin("main", 42);
        var batch = new RequestBatch();
        Settle.Settling.LedgerRequests.Read(batch, new TransferRequest
        {
            From = "],\"hash\":\"", To = "B", Amount = Minor(1), Memo = "],\"hash\":\"" + new string('0', 64) + "\"",
            Meta = new Dictionary<string, string> { ["hash"] = "]", ["a"] = "],\"hash\":\"" },
        }, "],\"hash\":\"", Dollars);
        builder.Append(batch, batch[0]);
        var header = builder.Seal("main", BlockHash.None, 0, "],\"hash\":\"");
        var block = BlockDocument.Parse(Id, builder.Body, keepsBytes: true);
        Assert.Equal(header, block.Header);
        Assert.Equal(IndependentHash.Of(builder.Body.Span), header.Hash.ToString());
    }

    [Fact]
    public void A_later_format_version_is_refused_by_its_number()
    {
        var text = Encoding.UTF8.GetString(Build(1).Body.Span)
            .Replace("\"version\":3", $"\"version\":{BlockHeader.CurrentVersion + 1}", StringComparison.Ordinal);
        var rehashed = text.Replace(HashIn(text), IndependentHash.Of(Encoding.UTF8.GetBytes(text)),
            StringComparison.Ordinal);
        var error = Assert.Throws<NewerFormatException>(
            () => BlockDocument.Parse(Id, Encoding.UTF8.GetBytes(rehashed), true));
        Assert.Contains($"format {BlockHeader.CurrentVersion + 1}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"time\":\"2023", "\"time\":\"20 3")]
    [InlineData("\"height\":42", "\"height\":\"42\"")]
    [InlineData("\"height\":42", "\"height\":4.2")]
    [InlineData("\"site\":\"main\"", "\"site\":null")]
    [InlineData("\"version\":3", "\"version\":\"3\"")]
    [InlineData("\"version\":3", "\"versiom\":3")]
    [InlineData("\"version\":3", "\"version\":99999999999")]
    [InlineData("\"prev\":\"00", "\"prev\":\"0")]
    [InlineData("\"writer\":\"w\"}", "\"writer\":\"w\"")]
    [InlineData("\"writer\":\"w\"", "\"writer\":7")]
    public void A_strange_header_is_refused_even_with_a_fitting_hash(string part, string replacement)
    {
        var text = Encoding.UTF8.GetString(Build(1).Body.Span);
        Assert.Contains(part, text, StringComparison.Ordinal);
        text = text.Replace(part, replacement, StringComparison.Ordinal);
        var hash = HashIn(text);
        var at = text.IndexOf("],\"hash\":\"", StringComparison.Ordinal);
        var hashed = "{" + text[(text.IndexOf(',', StringComparison.Ordinal) + 1)..(at + 1)]
            + text[(at + "],\"hash\":\"".Length + 65)..];
        var fitting = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(hashed)));
        var body = Encoding.UTF8.GetBytes(text.Replace(hash, fitting, StringComparison.Ordinal));
        Assert.Throws<FormatException>(() => BlockDocument.Parse(Id, body, keepsBytes: true));
    }

    private static string HashIn(string text)
    {
        var at = text.IndexOf("],\"hash\":\"", StringComparison.Ordinal) + "],\"hash\":\"".Length;
        return text[at..(at + 64)];
    }

    private static BlockBuilder Build(int transfers)
    {
        var builder = new BlockBuilder(64);
        builder.Begin("main", 42);
        for (var i = 0; i < transfers; i++)
        {
            var batch = new RequestBatch();
            Settle.Settling.LedgerRequests.Read(batch, new TransferRequest
            {
                From = "Zoë", To = "B", Amount = Minor(10 + i), Memo = i == 0 ? "a \"memo\"\n" : null,
            }, $"t-{i}", Dollars);
            builder.Append(batch, batch[0]);
        }
        builder.Seal("main", BlockHash.None, 1_700_000_000_000_000, "w");
        return builder;
    }
}
