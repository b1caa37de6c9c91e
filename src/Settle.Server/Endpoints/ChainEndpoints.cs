using System.Globalization;
using System.Text.Json;
using Settle.Wire;

namespace Settle.Server;

/// <summary><c>/blocks</c> and <c>/entries</c>: the chain itself</summary>
internal static class ChainEndpoints
{
    private const int BlocksAtOnce = 8;
    private const long AnswerBytesMax = 16 * 1024 * 1024;

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.MapGet("/blocks", ListAsync).For(ApiRole.Reader)
            .Named("list_blocks", "Read the chain", "Blocks as they are stored, oldest first. "
                + "An answer ends early when it grows large; `next` then says where to go on.")
            .Knows(
                new QueryParameter("from", "integer", "The height of the first block; 1 if absent.",
                "1"),
                QueryParameter.Limit)
            .Gives<Page<JsonElement>>(200,
            "Blocks; `next` is the `from` of the blocks after these.")
            .Refuses(400);
        ledger.MapGet("/blocks/heads", HeadsAsync).For(ApiRole.Reader)
            .Named("list_block_heads", "Read the chain without its entries", "Oldest first.")
            .Knows(
                new QueryParameter("from", "integer", "The height of the first block; 1 if absent.",
                "1"),
                QueryParameter.Limit)
            .Gives<Page<BlockHead>>(200, "Blocks; `next` is the `from` of the blocks after these.")
            .Refuses(400);
        ledger.MapGet("/blocks/{height}", GetAsync).For(ApiRole.Reader)
            .Named("get_block", "Read a block", "As it is stored.")
            .Gives<JsonElement>(200, "The block.")
            .Refuses(400);
        ledger.MapGet("/entries/{id}", GetEntryAsync).For(ApiRole.Reader)
            .Named("get_entry", "Read an entry of the chain", "Of any type, by its id.")
            .Gives<ChainEvent>(200, "The entry as it is stored, with its place.")
            .Refuses(400);
    }

    private static async Task<IResult> ListAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var target = host.Get(ledger);
        var from = From(context);
        var limit = Query.Limit(context);
        var blocks = await ReadAsync(target, from, limit, context.RequestAborted)
            .ConfigureAwait(false);
        context.Response.ContentType = "application/json";
        await WriteAsync(context, target, blocks, limit).ConfigureAwait(false);
        return TypedResults.Empty;
    }

    private static async Task<IResult> HeadsAsync(HttpContext context, LedgerHost host,
        string ledger)
    {
        var target = host.Get(ledger);
        var (from, limit) = (From(context), Query.Limit(context));
        var heads = new List<BlockHead>();
        while (heads.Count < limit)
        {
            var blocks = await ReadAsync(target, from + heads.Count, limit - heads.Count,
                context.RequestAborted)
                .ConfigureAwait(false);
            if (blocks.Count == 0) break;
            heads.AddRange(blocks.Select(BlockHead.Of));
        }
        var isEnd =
            (await ReadAsync(target, from + heads.Count, 1, context.RequestAborted)
                .ConfigureAwait(false))
            .Count == 0;
        return Answers.Json(new Page<BlockHead>(heads,
            isEnd ? null : (from + heads.Count).ToString(CultureInfo.InvariantCulture)),
            WireJson.Compact.PageBlockHead);
    }

    private static long From(HttpContext context) => Query.Height(context, "from") switch
    {
        null => 1,
        0 => throw new InvalidRequestException("from", "must be at least 1, the first height"),
        { } from => from,
    };

    private static Task<IReadOnlyList<Block>> ReadAsync(ILedger ledger, long from, int limit,
        CancellationToken cancellation) =>
        ledger.ReadBlocksAsync(from, int.Min(limit, BlocksAtOnce), cancellation);

    private static async Task WriteAsync(HttpContext context, ILedger ledger,
        IReadOnlyList<Block> blocks, int limit)
    {
        var output = context.Response.BodyWriter;
        var (count, bytes, next) = (0, 0L, default(string));
        var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        await using (json.ConfigureAwait(false))
        {
            json.WriteStartObject();
            json.WriteStartArray("items"u8);
            while (blocks.Count > 0)
            {
                foreach (var block in blocks)
                {
                    json.WriteRawValue(block.Body.Span, skipInputValidation: true);
                    (count, bytes) = (count + 1, bytes + block.Body.Length);
                }
                var after = blocks[^1].Height + 1;
                await json.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                await output.FlushAsync(context.RequestAborted).ConfigureAwait(false);
                var more = count < limit && bytes < AnswerBytesMax ? limit - count : 0;
                blocks = await ReadAsync(ledger, after, int.Max(more, 1), context.RequestAborted)
                    .ConfigureAwait(false);
                if (more > 0 || blocks.Count == 0) continue;
                next = after.ToString(CultureInfo.InvariantCulture);
                break;
            }
            json.WriteEndArray();
            json.WriteString("next"u8, next);
            json.WriteEndObject();
            await json.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        }
    }

    private static async Task<IResult> GetAsync(HttpContext context, LedgerHost host, string ledger,
        string height)
    {
        if (!Query.TryHeight(height, out var number) || number < 1)
            throw new InvalidRequestException("height", "must be the height of a block, from 1 on");
        var blocks = await host.Get(ledger).ReadBlocksAsync(number, 1, context.RequestAborted)
            .ConfigureAwait(false);
        if (blocks.Count == 0 || blocks[0].Height != number)
            throw new NotFoundException($"the chain has no block {height} yet");
        return TypedResults.Bytes(blocks[0].Body, "application/json");
    }

    private static async Task<IResult> GetEntryAsync(HttpContext context, LedgerHost host,
        string ledger, string id)
    {
        var name = PathNames.Decode(id, "id");
        var entry = await host.Get(ledger).GetEntryAsync(name, context.RequestAborted)
            .ConfigureAwait(false)
            ?? throw new NotFoundException($"no entry '{name}' has been decided");
        context.Response.ContentType = "application/json";
        ChainEventWire.Write(context.Response.BodyWriter, entry);
        return TypedResults.Empty;
    }
}
