using Settle.Stores;
using Settle.Stores.CouchDb;
using Xunit;

namespace Settle.Tests.Stores.CouchDb;

public sealed class BlockOrderTests
{
    [Theory]
    [InlineData("block:main:000000000001", "block:main:000000000002")]
    [InlineData("block:a:b:000000000999", "block:a:b:000000001000")]
    [InlineData("block:main:00000000001", null)]
    [InlineData("block:main:00000000000x", null)]
    [InlineData("block:000000000001", null)]
    [InlineData("transfer:1", null)]
    [InlineData("", null)]
    public void The_next_block_has_the_next_number(string id, string? next) =>
        Assert.Equal(next, BlockOrder.Next(id));

    [Theory]
    [InlineData("1", "1 2 3", null)]
    [InlineData("1", "", null)]
    [InlineData("1", "2 3", "1 at 0")]
    [InlineData("1", "1 3", "2 at 1")]
    [InlineData("1", "1 2 4 6", "3 at 2")]
    [InlineData("1+", "2 3", null)]
    [InlineData("1+", "3", "2 at 0")]
    [InlineData("a", "1 2", null)]
    [InlineData("a", "1 3", "2 at 1")]
    [InlineData("a", "b 1 2 z", null)]
    public void A_listing_has_a_gap_where_a_number_is_left_out(
        string from, string rows, string? expected)
    {
        var gap = BlockOrder.FindGap(Id(from), [.. rows.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(row => new CouchRow(new Document(Id(row), default), "1-a", null, null))]);
        Assert.Equal(expected, gap is { } found
            ? $"{long.Parse(found.Id[^12..])} at {found.At}" : null);
    }

    [Fact]
    public void A_row_says_what_its_block_says()
    {
        var row = CouchRow.Of("x", """{"_rev":"1-a","hash":"h","prev":"p"}"""u8.ToArray());
        Assert.Equal(("x", "1-a", "h", "p"), (row.Id, row.Revision, row.Hash, row.Prev));
    }

    private static string Id(string word) => word.EndsWith('+')
        ? Id(word[..^1]) + "\0" : int.TryParse(word, out var number) ? $"block:main:{number:d12}" : word;
}
