using System.Text;
using Settle.Chain;
using Xunit;

namespace Settle.Tests.Chain;

public sealed class ChainTimeTests
{
    [Theory]
    [InlineData("2026-11-21T20:23:11.123456Z", 1795292591123456)]
    [InlineData("1970-01-01T00:00:00.000000Z", 0)]
    [InlineData("2000-02-29T23:59:59.999999Z", 951868799999999)]
    [InlineData("9999-12-31T23:59:59.999999Z", 253402300799999999)]
    public void A_time_has_one_text(string text, long microseconds)
    {
        Assert.True(ChainTime.TryParse(text, out var parsed));
        Assert.Equal(microseconds, parsed);
        var written = new byte[ChainTime.TextLength];
        ChainTime.Write(written, microseconds);
        Assert.Equal(text, Encoding.ASCII.GetString(written));
        Assert.Equal(microseconds, ChainTime.From(ChainTime.ToTime(microseconds)));
    }

    [Theory]
    [InlineData("2026-11-21T20:23:11.12345Z")]
    [InlineData("2026-11-21T20:23:11.1234567Z")]
    [InlineData("2026-11-21T20:23:11.123456")]
    [InlineData("2026-11-21T20:23:11.123456+00:00")]
    [InlineData("2026-11-21 20:23:11.123456Z")]
    [InlineData("2026-02-29T20:23:11.123456Z")]
    [InlineData("2026-11-21T24:00:00.000000Z")]
    [InlineData(" 2026-11-21T20:23:11.123456Z")]
    [InlineData("")]
    public void No_other_text_is_a_time(string text) => Assert.False(ChainTime.TryParse(text, out _));

    [Fact]
    public void Block_ids_order_as_heights_do()
    {
        var heights = new long[] { 0, 1, 9, 10, 99, 1_000_000, BlockId.HeightMax };
        var ids = heights.Select(height => BlockId.Format("main", height)).ToList();
        Assert.Equal(ids, ids.Order(StringComparer.Ordinal));
        Assert.Equal("block:main:000000000042", BlockId.Format("main", 42));
    }

    [Fact]
    public void Locations_order_as_the_chain_does()
    {
        EntryLocation[] ordered = [default, new(1, 0), new(1, 30), new(1, Limits.BlockBytesMax),
            new(2, 0), new((1L << 40) - 1, 5)];
        Assert.Equal(ordered, ordered.OrderBy(location => location.Packed));
        Assert.Equal(((1L << 40) - 1, 5), (ordered[^1].Height, ordered[^1].Offset));
        Assert.True(default(EntryLocation).IsNone);
    }
}
