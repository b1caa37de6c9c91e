using System.Text;
using System.Text.Json.Nodes;
using Settle.Chain;
using Settle.Stores.Memory;
using Settle.Tests.Local;
using Settle.Tests.Rules;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Chain;

/// <summary>
/// A block that is kept with a table: every block comes back byte for byte, and a table that no writer
/// wrote is noticed.
/// </summary>
public sealed class BlockTableTests
{
    private const string Id = "block:main:000000000042";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Usual_entries_are_rows_and_all_others_stay()
    {
        var block = Build(
            Pay("t-1", "@world", "Zoë", 500), Pay("t-2", "Zoë", "Alex", 120),
            Pay("t-3", "Zoë", "Alex", 5) with { Memo = "a \"memo\"" },
            Pay("t-4", "Zoë", "Alex", 5) with { Timestamp = DateTimeOffset.UnixEpoch },
            Pay("t-5", "Zoë", "Al\\ex", 5), Pay("t-6", "Alex", "@world", 20));
        var stored = Text(BlockTableWriter.Write(block));
        Assert.StartsWith("{\"_id\":\"" + Id + "\",\"accounts\":[\"@world\",\"Zoë\",\"Alex\"],"
            + "\"sums\":[-480,375,105],\"entries\":[[\"t-1\",0,1,500,\"t-2\",1,2,120],{\"amount\":5,",
            stored, StringComparison.Ordinal);
        Assert.Contains("},[\"t-4\",1,2,5,\"1970-01-01T00:00:00Z\"],{", stored, StringComparison.Ordinal);
        Assert.Contains("},[\"t-6\",2,0,20]],\"hash\":\"", stored, StringComparison.Ordinal);
        Assert.Equal(2, JsonNode.Parse(stored)!["entries"]!.AsArray().Count(entry => entry is JsonObject));
        AssertSame(block, Bytes(stored));
    }

    [Fact]
    public void A_block_without_a_usual_entry_stays_as_it_is()
    {
        var block = Build(Pay("t-1", "A", "B", 5) with { Memo = "m" });
        Assert.Equal(Text(block), Text(BlockTableWriter.Write(block)));
        Assert.Null(BlockTableReader.Expand(block));
    }

    [Fact]
    public void A_name_of_any_length_comes_back()
    {
        // Longer than any account may be: whoever may write the database can write it.
        var text = Text(Build(Pay("t-1", "A", "B", 5)));
        var block = Bytes(text.Replace("\"B\"", $"\"{new string('b', 100_000)}\"", StringComparison.Ordinal));
        Assert.True(AssertSame(block));
    }

    [Fact]
    public void A_sum_that_JavaScript_cannot_say_is_not_made()
    {
        var block = Build(
            Pay("t-1", "@world", "A", Limits.AmountMax), Pay("t-2", "@world", "B", 1),
            Pay("t-3", "C", "A", 1), Pay("t-4", "A", "D", 1), Pay("t-5", "C", "A", 1));
        var stored = BlockTableWriter.Write(block);
        var json = JsonNode.Parse(Text(stored))!;
        Assert.Equal("AOOA", string.Concat(json["entries"]!.AsArray().Select(
            entry => entry is JsonArray ? 'A' : 'O')));
        Assert.Equal($"[{-Limits.AmountMax},{Limits.AmountMax},1,-1]", json["sums"]!.ToJsonString());
        AssertSame(block, stored);
    }

    [Fact]
    public void Golden_blocks_come_back_byte_for_byte()
    {
        var files = Directory.GetFiles(
            Path.Combine(Repository.Root, "tests/Settle.Tests/Chain/Golden"), "*.golden.json");
        Assert.True(files.Length > 9);
        Assert.NotEmpty(files.Where(file => AssertSame(File.ReadAllBytes(file))).ToList());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_block_of_a_random_life_comes_back_byte_for_byte(int seed)
    {
        await using var store = new MemoryStore();
        var clock = new ManualClock();
        await using (var ledger = await MemoryLedger.OpenAsync(new Settling.UnreliableStore(store), clock))
            await new RandomLife(seed, clock).LiveAsync(ledger, 400);
        var blocks = await store.ReadAsync("", "~", int.MaxValue, Stop);
        Assert.True(blocks.Count(block => AssertSame(block.Body)) > 5);
    }

    [Fact]
    public void Whatever_is_written_comes_back_byte_for_byte_or_stays_as_it_is()
    {
        // Bodies that no writer writes: a mirror may bring them.
        var random = new Random(7);
        var body = Build([.. Enumerable.Range(0, 6).Select(i => Pay($"t-{i}", "A", $"B{i % 3}", 1 + i)
            with { Timestamp = i < 2 ? DateTimeOffset.UnixEpoch : null })])
            .ToArray();
        var tables = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var changed = body.ToArray();
            for (var changes = random.Next(1, 4); changes > 0; changes--)
                changed[random.Next(changed.Length)] = random.Next(3) == 0
                    ? (byte)random.Next(32, 127) : body[random.Next(body.Length)];
            var stored = BlockTableWriter.Write(changed);
            if (stored.Equals(changed.AsMemory())) continue;
            ReadOnlyMemory<byte> back;
            try
            {
                back = BlockTableReader.Expand(stored)!.Value;
            }
            catch (FormatException)
            {
                // It was no JSON before either, and no database takes it.
                Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(changed));
                continue;
            }
            Assert.Equal(Text(changed), Text(back));
            tables++;
        }
        Assert.True(tables > 5_000);
    }

    [Fact]
    public void A_database_may_order_members_and_spell_texts_anew()
    {
        var block = Build(Pay("t-1", "@world", "Zoë", 500) with { Timestamp = DateTimeOffset.UnixEpoch },
            Pay("t/2", "Zoë", "A", 1) with { Memo = "x" },
            Pay("t/3", "Zoë", "A/B", 2));
        var stored = JsonNode.Parse(Text(BlockTableWriter.Write(block)))!.AsObject();
        var members = stored.Append(new("_rev", "1-abc")).OrderByDescending(member => member.Key);
        var spelled = new JsonObject([.. members.Select(
            member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))]);
        var text = spelled.ToJsonString(new() { WriteIndented = true }).Replace("/", "\\/", StringComparison.Ordinal);
        Assert.Contains("Zo\\u00EB", text, StringComparison.Ordinal);
        AssertSame(block, Bytes(text));
    }

    [Theory]
    [InlineData("\"sums\":[-480,", "\"sums\":[-481,", "its sum of \"@world\" is -481, but its rows come to -480")]
    [InlineData(",100]", ",101]", "its sum of \"Alex\" is 101, but its rows come to 100")]
    [InlineData(",100]", "]", "2 sums for 3 accounts")]
    [InlineData(",100]", ",100,0]", "4 sums for 3 accounts")]
    [InlineData(",100]", ",100.0]", "not all integers")]
    [InlineData(",\"sums\":[-480,380,100]", "", "without sums")]
    [InlineData("\"sums\":[-480,380,100]", "\"sums\":{}", "its sums are not an array")]
    [InlineData("\"Alex\"]", "\"Zoe\"]", "names an account twice")]
    [InlineData("\"Alex\"]", "\"Alex\",\"Dave\"]", "sums for 4 accounts")]
    [InlineData("\"Alex\"]", "7]", "not all texts")]
    [InlineData("[\"@world\",\"Zoe\",\"Alex\"]", "[\"Zoe\",\"@world\",\"Alex\"]", "its content has the hash")]
    [InlineData("\"t-1\",0,1,500,", "\"t-1\",0,1,500,7,", "entry 1 is not a row")]
    [InlineData("\"t-1\",0,1,500,", "\"t-1\",0,1,500,\"x\",7,", "entry 1 is not a row")]
    [InlineData("\"t-1\",0,1,500,", "\"t-1\",0,1,500,\"x\"],[", "its content has the hash")]
    [InlineData("\"t-1\",0,1,500,", "\"t-1\",0,1,", "entry 0 is not a row")]
    [InlineData("\"t-1\",0,1,500,", "1,0,1,500,", "entry 0 is not a row")]
    [InlineData("\"t-2\",1,2,120,", "\"t-2\",1,3,120,", "entry 1 is not a row")]
    [InlineData("\"t-2\",1,2,120,", "\"t-2\",-1,2,120,", "entry 1 is not a row")]
    [InlineData("\"t-2\",1,2,120,", "\"t-2\",1,2,0,", "entry 1 is not a row")]
    [InlineData("\"t-2\",1,2,120,", "\"t-2\",1,2,1e2,", "entry 1 is not a row")]
    [InlineData("\"t-2\",1,2,120,", "\"t-2\",1,2,9007199254740992,", "entry 1 is not a row")]
    [InlineData("\"t-2\",1,2,120,", "\"t-2\",1,2,9007199254740991,\"t-9\",1,2,9,", "entry 2 is not a row")]
    [InlineData("\"t-2\",1,2,120,", "\"t-2\",1,2,120,\"1970-01-01T00:00:00Z\",", "entry 2 is not a row")]
    [InlineData(",\"t-2\",1,2,120,", "],{\"amount\":1},[", "its sum of")]
    [InlineData("\"t-6\",2,0,20]", "\"t-7\",2,0,20]", "its content has the hash")]
    [InlineData("\"t-6\",2,0,20]", "\"t-6\",2,0,20],[]", "entry 3 is not a row")]
    [InlineData("\"t-1\",0,1,500,", "\"t-1\",1,0,500,", "entry 0 is not a row")]
    public void A_table_that_no_writer_wrote_is_noticed(string part, string replacement, string why)
    {
        var block = Build(Pay("t-1", "@world", "Zoe", 500), Pay("t-2", "Zoe", "Alex", 120),
            Pay("t-6", "Alex", "@world", 20));
        var stored = Text(BlockTableWriter.Write(block));
        Assert.Contains(part, stored, StringComparison.Ordinal);
        var error = Assert.Throws<FormatException>(() => BlockDocument.Parse(
            Id, Bytes(stored.Replace(part, replacement, StringComparison.Ordinal)), keepsBytes: false));
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_may_share_an_array_or_have_one_each()
    {
        var block = Build(Pay("t-1", "@world", "Zoe", 500), Pay("t-2", "Zoe", "Alex", 120),
            Pay("t-6", "Alex", "@world", 20));
        var stored = Text(BlockTableWriter.Write(block));
        Assert.Contains("[[\"t-1\",0,1,500,\"t-2\",1,2,120,\"t-6\",2,0,20]]", stored, StringComparison.Ordinal);
        AssertSame(block, Bytes(stored.Replace(",\"t-2\"", "],[\"t-2\"", StringComparison.Ordinal)));
        AssertSame(block, Bytes(stored.Replace(",\"t-", "],[\"t-", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_table_without_rows_is_noticed()
    {
        var text = Text(Build(Pay("t-1", "A", "B", 5) with { Memo = "m" }));
        var stored = text.Replace("\"entries\"", "\"accounts\":[],\"sums\":[],\"entries\"", StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => BlockDocument.Parse(Id, Bytes(stored), keepsBytes: false));
    }

    [Fact]
    public void Any_flipped_bit_is_noticed_or_means_the_same()
    {
        var block = Build(Pay("t-1", "@world", "Zoë", 500), Pay("t-2", "Zoë", "Alex", 120) with { Memo = "m" },
            Pay("t-3", "Alex", "@world", 20));
        var stored = Bytes(Text(BlockTableWriter.Write(block))
            .Replace("\"accounts\"", "\"_rev\":\"1-abc\",\"accounts\"", StringComparison.Ordinal));
        AssertSame(block, stored);
        for (var at = 0; at < stored.Length; at++)
        {
            for (var bit = 0; bit < 8; bit++)
            {
                stored[at] ^= (byte)(1 << bit);
                try
                {
                    AssertSame(block, stored);
                }
                catch (FormatException e)
                {
                    Assert.NotEmpty(e.Message);
                }
                stored[at] ^= (byte)(1 << bit);
            }
        }
    }

    /// <returns>Whether it has a table.</returns>
    private static bool AssertSame(ReadOnlyMemory<byte> block)
    {
        var stored = BlockTableWriter.Write(block);
        if (stored.Equals(block)) return false;
        Assert.True(stored.Length < block.Length);
        Assert.Equal(Text(block), Text(BlockTableReader.Expand(stored)!.Value));
        return true;
    }

    private static void AssertSame(ReadOnlyMemory<byte> block, ReadOnlyMemory<byte> stored) =>
        Assert.Equal(Text(block), Text(BlockDocument.Parse(Id, stored, keepsBytes: false).Body));

    private static TransferRequest Pay(string id, string from, string to, long amount) =>
        new() { Id = id, From = from, To = to, Amount = Minor(amount) };

    private static ReadOnlyMemory<byte> Build(params TransferRequest[] transfers)
    {
        var builder = new BlockBuilder(64);
        builder.Begin("main", 42);
        foreach (var transfer in transfers)
        {
            var batch = new RequestBatch();
            Settle.Settling.LedgerRequests.Read(batch, transfer, transfer.Id!, Dollars);
            builder.Append(batch, batch[0]);
        }
        builder.Seal("main", BlockHash.None, 1_700_000_000_000_000, "w");
        return builder.Body;
    }

    private static string Text(ReadOnlyMemory<byte> json) => Encoding.UTF8.GetString(json.Span);

    private static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}
