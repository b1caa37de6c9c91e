using System.Text;
using Settle.Server;
using Xunit;

namespace Settle.Tests.Server;

/// <summary>The fast reader of batches accepts nothing that the careful one would not read the same.</summary>
public sealed class PlainBatchTests
{
    private const string Whole =
        """
        [{"id":"t-1","from":"@world","to":"Alex","amount":5},
         { "amount" : 9007199254740991, "to":"Žofie \u007e", "id":"é", "from":"Alex",
           "asset":"EUR","timestamp":"2026-11-21T20:23:11Z","memo":"tab and lines" }]
        """;

    private static readonly string Plain = Whole.Replace("\\u007e", "~");

    [Fact]
    public void A_batch_as_programs_write_it_is_plain() =>
        Assert.True(PlainBatch.TryRead(Encoding.UTF8.GetBytes(Plain), new RequestBatch()));

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":1}""")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":1}]]""")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":1},]""")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":1,}]""")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":01}]""")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":+1}]""")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":1.0}]""")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":1e2}]""")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":9007199254740992}]""")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":1,"amount":1}]""")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":1,"meta":{}}]""")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":1,"memo":""}]""")]
    [InlineData("""[{"from":"b","to":"c","amount":1}]""")]
    [InlineData("""[{"id":"a","from":"b","to":"b","amount":1}]""")]
    [InlineData("[{\"id\":\"a\",\"from\":\"b\",\"to\":\"c\",\"amount\":1,\"memo\":\"x\ny\"}]")]
    [InlineData("[{\"id\":\"a\",\"from\":\"b\",\"to\":\"c\",\"amount\":1,\"memo\":\"x\ty\"}]")]
    [InlineData("""[{"id":"a","from":"b","to":"c","amount":1,"memo":"x\ny"}]""")]
    public void Anything_else_is_left_to_the_careful_reader(string body) =>
        Assert.False(PlainBatch.TryRead(Encoding.UTF8.GetBytes(body), new RequestBatch()));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_read_as_plain_is_read_the_same_carefully(int seed)
    {
        var random = new Random(seed);
        var whole = Encoding.UTF8.GetBytes(Plain);
        var batch = new RequestBatch();
        var accepted = 0;
        for (var round = 0; round < 20_000; round++)
        {
            var body = Mutate(whole, random);
            batch.Clear();
            if (!PlainBatch.TryRead(body, batch)) continue;
            accepted++;
            var careful = Bodies.ReadBatch<TransferRequest>(body, "transfers");
            Assert.Equal(careful.Length, batch.Count);
            for (var i = 0; i < careful.Length; i++)
            {
                var plain = batch[i];
                Assert.Equal(careful[i].Id, batch.Text(plain.Id));
                Assert.Equal(careful[i].From, batch.Text(plain.From));
                Assert.Equal(careful[i].To, batch.Text(plain.To));
                Assert.Equal(careful[i].Amount.Units, plain.Amount);
                Assert.Equal(careful[i].Asset ?? "", batch.Text(plain.Asset));
                Assert.Equal(careful[i].Timestamp is { } time ? Texts.Timestamp(time) : "", batch.Text(plain.Timestamp));
                Assert.Equal(careful[i].Memo ?? "", batch.Text(plain.Memo));
            }
        }
        Assert.InRange(accepted, 1000, 20_000);
    }

    /// <summary>A few bytes changed, removed, doubled or cut off.</summary>
    private static byte[] Mutate(byte[] whole, Random random)
    {
        var body = whole.ToList();
        for (var changes = random.Next(1, 3); changes > 0; changes--)
        {
            var at = random.Next(body.Count);
            switch (random.Next(5))
            {
                case 0: body[at] = (byte)random.Next(256); break;
                case 1: body.RemoveAt(at); break;
                case 2: body.Insert(at, body[random.Next(body.Count)]); break;
                case 3: body[at] = (byte)"\"\\{}[],:0-9 \n"[random.Next(13)]; break;
                default:
                    if (random.Next(20) == 0) body.RemoveRange(at, body.Count - at);
                    break;
            }
            if (body.Count == 0) body.Add((byte)'[');
        }
        return [.. body];
    }
}
