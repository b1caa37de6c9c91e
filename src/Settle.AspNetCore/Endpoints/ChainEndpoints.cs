namespace Settle.Server;

/// <summary><c>/blocks</c> and <c>/entries</c>: the chain itself</summary>
internal static class ChainEndpoints
{
    private const int BlocksAtOnce = 8;
    private const long AnswerBytesMax = 16 * 1024 * 1024;

    private static readonly QueryParameter First =
        new("from", "integer", "The height of the first block; 1 if absent.", "1");

    public static void Map(IEndpointRouteBuilder ledger)
    {
        ledger.Read("/blocks", ListAsync)
            .Named("list_blocks", "Read the chain", "Blocks as they are stored, oldest first. "
                + "An answer ends early when it grows large; `next` is where to go on.")
            .Knows(First, QueryParameter.Limit)
            .Gives<Page<JsonElement>>(200,
                "Blocks; `next` is the `from` of the blocks after these.");
        ledger.List("/blocks/heads", HeadsAsync)
            .Named("list_block_heads", "Read the chain without its entries", "Oldest first.")
            .Knows(First, QueryParameter.Limit)
            .Gives<Page<BlockHead>>(200, "Blocks; `next` is the `from` of the blocks after these.");
        ledger.Read("/blocks/{height}", GetAsync)
            .Named("get_block", "Read a block", "As it is stored.")
            .Gives<JsonElement>(200, "The block.");
        ledger.Find("/entries/{id}", "entry", FindEntryAsync)
            .Named("get_entry", "Read an entry of the chain",
                "Of any type, by its id. If it was refused, what its answer said.")
            .Gives<ChainEvent>(200, "The entry as it is stored, with its place.");
    }

    private static Task<IResult> ListAsync(LedgerCall call)
    {
        var ledger = call.Ledger;
        return WriteAsync(call, (from, limit) => ledger.ReadBlocksAsync(from, limit, call.Stop));
    }

    /// <summary>Answers with the blocks that the address asks for.</summary>
    /// <param name="call">Says from which height, and how many at most.</param>
    /// <param name="read">Reads some from a height on.</param>
    public static async Task<IResult> WriteAsync(
        LedgerCall call, Func<long, int, Task<IReadOnlyList<Block>>> read)
    {
        var (from, limit) = (call.Height("from") ?? 1, call.Page.Limit);
        // What is wrong is found before the answer begins.
        var blocks = await read(from, int.Min(limit, BlocksAtOnce)).ConfigureAwait(false);
        call.Context.Response.ContentType = "application/json";
        await WriteAsync(call.Context, read, blocks, limit).ConfigureAwait(false);
        return TypedResults.Empty;
    }

    private static async Task<Page<BlockHead>> HeadsAsync(LedgerCall call)
    {
        var (target, from, limit) = (call.Ledger, call.Height("from") ?? 1, call.Page.Limit);
        var heads = new List<BlockHead>();
        while (true)
        {
            var wanted = int.Max(limit - heads.Count, 1);
            var blocks = await ReadAsync(target, from + heads.Count, wanted, call.Stop)
                .ConfigureAwait(false);
            if (blocks.Count == 0) return Routes.Whole(heads);
            if (heads.Count == limit)
            {
                return new Page<BlockHead>(heads,
                    (from + heads.Count).ToString(CultureInfo.InvariantCulture));
            }
            heads.AddRange(blocks.Select(BlockHead.Of));
        }
    }

    private static Task<IReadOnlyList<Block>> ReadAsync(ILedger ledger, long from, int limit,
        CancellationToken cancellation) =>
        ledger.ReadBlocksAsync(from, int.Min(limit, BlocksAtOnce), cancellation);

    private static async Task WriteAsync(HttpContext context,
        Func<long, int, Task<IReadOnlyList<Block>>> read, IReadOnlyList<Block> blocks, int limit)
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
                blocks = await read(after, int.Clamp(more, 1, BlocksAtOnce)).ConfigureAwait(false);
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

    private static async Task<IResult> GetAsync(LedgerCall call)
    {
        var number = Parse.Integer("height", call["height"], 1, long.MaxValue);
        var blocks = await call.Ledger.ReadBlocksAsync(number, 1, call.Stop).ConfigureAwait(false);
        return blocks.Count > 0 && blocks[0].Height == number
            ? TypedResults.Bytes(blocks[0].Body, "application/json")
            : throw new NotFoundException($"the chain has no block {number} yet");
    }

    private static async Task<ChainEvent?> FindEntryAsync(LedgerCall call)
    {
        if (await call.Ledger.GetEntryAsync(call["id"], call.Stop).ConfigureAwait(false)
            is not { } entry)
            return null;
        using var body = JsonDocument.Parse(entry.Body);
        return ChainEvent.Of(entry, body.RootElement.Clone());
    }
}
