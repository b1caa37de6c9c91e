using Settle.Chain;
using Settle.Index;
using Xunit;

namespace Settle.Tests.Index;

/// <summary>The newest rows, in memory, against the simplest thing that does the same.</summary>
public sealed class TableTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Ids_are_found_as_in_a_list(int seed)
    {
        var random = new Random(seed);
        var model = new List<IdRow>();
        var table = new IdTable();
        for (var step = 0; step < 400; step++)
        {
            if (random.Next(4) == 0 && model.Count > 0)
            {
                var count = random.Next(int.Max(0, model.Count - 40), model.Count + 1);
                model.RemoveRange(count, model.Count - count);
                table.Truncate(count);
            }
            else if (random.Next(60) == 0)
            {
                var height = random.Next(step + 1);
                model.RemoveAll(row => row.Location.Height <= height);
                table = table.After(height);
            }
            for (var more = random.Next(20); more > 0; more--)
            {
                var row = new IdRow(Key(random), new EntryLocation(step, model.Count));
                model.Add(row);
                table.Add(row.Key, row.Location);
            }
            var wanted = Key(random);
            Assert.Equal(model.Where(row => row.Key == wanted).Select(row => row.Location).ToHashSet(),
                Find(table, wanted).ToHashSet());
            Assert.Equal(model.Count, table.Count);
        }
        Assert.Equal(model, table.Rows.ToArray());
        table.Clear();
        Assert.Empty(Find(table, model[0].Key));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Movements_of_a_stream_come_newest_first(int seed)
    {
        var random = new Random(seed);
        var model = new List<Movement>();
        var table = new MovementTable();
        for (var height = 1; height < 300; height++)
        {
            var rows = Enumerable.Range(0, random.Next(400)).Select(i => Row(random.Next(7), height, i)).ToArray();
            model.AddRange(rows);
            table.Add(rows);
            if (random.Next(40) == 0)
            {
                var from = random.Next(height);
                model.RemoveAll(row => row.Location.Height <= from);
                table = table.After(from);
            }
            if (random.Next(150) == 0)
            {
                model.Clear();
                table.Clear();
            }
            var before = new EntryLocation(random.Next(height + 2), random.Next(400));
            var account = random.Next(8);
            var limit = random.Next(1, 500);
            Assert.Equal(model.AsEnumerable().Reverse()
                .Where(row => row.Account == account && row.Location.Packed < before.Packed).Take(limit),
                table.Backward(Movement.StreamOf(account, 3), before).Take(limit));
            Assert.Equal(model.Count, table.Count);
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 5)]
    [InlineData(4, 300)]
    [InlineData(5, 1_000_000)]
    [InlineData(6, int.MaxValue)]
    public void Movements_are_sorted_by_stream_and_stay_in_the_order_of_the_chain(int seed, int accountMax)
    {
        var random = new Random(seed);
        var table = new MovementTable();
        var rows = Enumerable.Range(0, 40_000)
            .Select(i => Row(accountMax == 0 ? 0 : random.Next(accountMax), 1 + (i / 100), i % 100))
            .Select(row => random.Next(3) > 0 ? row : row with
            {
                Asset = (ushort)random.Next(5), Kinds = (MovementKinds)(1 << random.Next(7)),
            }).ToArray();
        table.Add(rows);
        var sorted = new List<MovementRow>();
        new MovementSort().ByStream(table, part => sorted.AddRange(part));
        Assert.Equal(rows.OrderBy(row => row.Stream).Select(row => new MovementRow(row)), sorted);
    }

    [Fact]
    public void A_movement_keeps_all_bits_of_its_value()
    {
        var random = new Random(1);
        for (var i = 0; i < 1000; i++)
        {
            var value = new Int128((ulong)random.NextInt64(long.MinValue, long.MaxValue), (ulong)random.NextInt64());
            Assert.Equal(value, Movement.Of(1, 2, MovementKinds.Held, default, value).Value);
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    [InlineData(3, 5000)]
    [InlineData(4, 5000)]
    public void Ids_are_sorted_by_key_and_those_of_one_key_by_place(int seed, int count)
    {
        var random = new Random(seed);
        var sort = new IdSort();
        for (var again = 0; again < 3; again++)
        {
            var rows = Enumerable.Range(0, count)
                .Select(i => new IdRow((ulong)random.Next(1 + (count / 2)) * 0x9E3779B97F4A7C15,
                    new EntryLocation(1 + (i / 100), i % 100))).ToArray();
            var sorted = new List<IdRow>();
            sort.ByKey(rows, part => sorted.AddRange(part));
            Assert.Equal(rows.OrderBy(row => row.Key).ThenBy(row => row.Location.Packed), sorted);
        }
    }

    private static List<EntryLocation> Find(IdTable table, ulong key)
    {
        var found = new List<EntryLocation>();
        var cursor = -1;
        while (table.Next(key, ref cursor, out var location)) found.Add(location);
        return found;
    }

    // Few keys, some of which share a slot, and some only the upper or the lower half.
    private static ulong Key(Random random) =>
        ((ulong)random.Next(6) << 40) + ((ulong)random.Next(3) << 11) + (ulong)random.Next(30);

    private static Movement Row(int account, int height, int offset) =>
        Movement.Of(account, 3, MovementKinds.Booked, new EntryLocation(height, offset), offset - 50);
}
