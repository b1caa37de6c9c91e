using System.Text;
using Settle.Chain;
using Settle.Tests.Style;
using Xunit;

namespace Settle.Tests.Chain;

/// <summary>
/// Blocks of ledgers with sites, made by hand and checked in: their bytes and hashes never change.
/// </summary>
public sealed class SitesGoldenTests
{
    private const string Id = "block:q:000000000001";
    private const string Hash = "a65adbb1363661022f9ec6c2ea50651a9fa4ce15cef243773aad4e9af866fe42";

    private const string Hash12 = "ddd1b8f07cd785e8089b5f4072e91ce8253bbfde7630ac791263b55092bf18c3";

    private static readonly byte[] Golden = Read(10);

    internal static BlockDocument Block => BlockDocument.Parse(Id, Golden, keepsBytes: true);

    [Fact]
    public void It_is_read()
    {
        Assert.Equal((BlockHeader.SitesVersion, "q", Hash),
            (Block.Header.Version, Block.Header.Site, Block.Header.Hash.ToString()));
        Assert.Equal(["main", "porto"], Block.Header.Seen.Marks.Select(mark => mark.Key));
        Assert.Equal(new SeenMark(7, Digits('e')), Block.Header.Seen["main"]);
        Assert.Equal(new SeenMark(BlockId.HeightMax, Digits('f')), Block.Header.Seen["porto"]);
        Assert.Equal(default, Block.Header.Seen["lisbon"]);
    }

    [Theory]
    [InlineData(BlockHeader.SitesVersion, Hash)]
    [InlineData(12, Hash12)]
    public void Its_hash_is_what_somebody_else_computes(int version, string hash)
    {
        Assert.Equal(hash, IndependentHash.Of(Read(version)));
        Assert.Equal(hash, Parse(version).Header.Hash.ToString());
    }

    [Fact]
    public void It_says_what_a_site_is_kept_at()
    {
        var levels = Entries(Parse(12)).Select(batch => batch[0].Kind != EntryKind.Grant ? null
            : $"{batch[0].Amount} {batch.Site(batch[0]).IsStanding} {batch.Site(batch[0]).Level}");
        Assert.Equal([null, "500 True 2000", "0 True 9007199254740991", "0 True 0", "1 False 0"],
            levels);
    }

    [Theory]
    [InlineData(BlockHeader.SitesVersion)]
    [InlineData(12)]
    public void It_is_written_again_byte_for_byte(int version)
    {
        var block = Parse(version);
        var builder = new BlockBuilder(64);
        builder.Begin("q", 1, null, block.Header.Seen);
        foreach (var batch in Entries(block)) builder.Append(batch, batch[0]);
        builder.Seal("q", BlockHash.None, block.Header.Time, block.Header.Writer);
        Assert.Equal(Encoding.UTF8.GetString(Read(version)),
            Encoding.UTF8.GetString(builder.Body.Span));
    }

    [Theory]
    [InlineData("\"height\":7}", "\"height\":0}")]
    [InlineData("\"height\":7}", "\"height\":-1}")]
    [InlineData("\"height\":7}", "\"height\":\"7\"}")]
    [InlineData("\"height\":7}", "\"height\":9999999999999}")]
    [InlineData("\"seen\":{\"main\":{\"hash\":\"e", "\"seen\":{\"main\":{\"hash\":\"E")]
    [InlineData("\"seen\":{\"main\":{\"hash\":", "\"seen\":{\"main\":{\"hush\":")]
    public void What_no_writer_has_seen_is_refused(string from, string to)
    {
        var text = Encoding.UTF8.GetString(Golden).Replace(from, to, StringComparison.Ordinal);
        var hash = IndependentHash.Of(Encoding.UTF8.GetBytes(text));
        var body = Encoding.UTF8.GetBytes(text.Replace(Hash, hash, StringComparison.Ordinal));
        Assert.Throws<FormatException>(() => BlockDocument.Parse(Id, body, keepsBytes: true));
    }

    [Theory]
    [InlineData("block:main:000000000042", "main", 42)]
    [InlineData("block:a-b:000000000001", "a-b", 1)]
    public void An_id_says_whose_block_it_is(string id, string site, long height) =>
        Assert.Equal((site, height), BlockId.Parse(id));

    [Theory]
    [InlineData("")]
    [InlineData("block:main")]
    [InlineData("block:main:42")]
    [InlineData("block:main:00000000004x")]
    [InlineData("transfer:main:000000000042")]
    public void Other_ids_are_nobodys_blocks(string id) => Assert.Null(BlockId.Parse(id));

    private static byte[] Read(int version) => File.ReadAllBytes(Path.Combine(Repository.Root,
        $"tests/Settle.Tests/Chain/Golden/version-{version}-sites.golden.json"));

    private static BlockDocument Parse(int version) =>
        BlockDocument.Parse(Id, Read(version), keepsBytes: true);

    private static List<RequestBatch> Entries(BlockDocument block)
    {
        var entries = new List<RequestBatch>();
        for (var at = block.EntriesStart; at < block.EntriesEnd; at++)
        {
            var batch = new RequestBatch();
            at += EntryReader.Read(block.Body.Span[at..], batch);
            entries.Add(batch);
        }
        return entries;
    }

    private static BlockHash Digits(char digit)
    {
        Assert.True(BlockHash.TryParse(Encoding.ASCII.GetBytes(new string(digit, 64)), out var hash));
        return hash;
    }
}
