using System.Text.Json.Serialization.Metadata;
using Settle.Http;

namespace Settle;

/// <content>What reads.</content>
public sealed partial class HttpLedger
{
    /// <inheritdoc/>
    public Task<Transfer?> GetTransferAsync(string id,
        CancellationToken cancellationToken = default) =>
        FindAsync($"/transfers/{Segment("id", id)}", WireJson.Compact.Transfer, cancellationToken);

    /// <inheritdoc/>
    public Task<Hold?> GetHoldAsync(string id, CancellationToken cancellationToken = default) =>
        FindAsync($"/holds/{Segment("id", id)}", WireJson.Compact.Hold, cancellationToken);

    /// <inheritdoc/>
    public async Task<ChainEntry?> GetEntryAsync(string id,
        CancellationToken cancellationToken = default)
    {
        var found = await FindAsync($"/entries/{Segment("id", id)}", WireJson.Compact.ChainEvent,
            cancellationToken).ConfigureAwait(false);
        return found?.ToEntry();
    }

    /// <inheritdoc/>
    public Task<Page<Transfer>> ListTransfersAsync(TransferQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync("/transfers" + new QueryWriter()
            .Add("account", query.Account)
            .Add("status", query.Status is { } status
                ? Words<EntryStatus>.Of("status", status) : null)
            .Add("from", query.From is { } from ? UtcTimeJsonConverter.ToText(from) : null)
            .Add("to", query.To is { } to ? UtcTimeJsonConverter.ToText(to) : null)
            .Add("on_from", query.OnFrom)
            .Add("on_to", query.OnTo)
            .Add("limit", query.Limit)
            .Add("after", query.After), WireJson.Compact.PageTransfer, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Page<Hold>> ListHoldsAsync(HoldQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync("/holds" + new QueryWriter()
            .Add("account", query.Account)
            .Add("ends_before", query.EndsBefore is { } end
                ? UtcTimeJsonConverter.ToText(end) : null)
            .Add("limit", query.Limit)
            .Add("after", query.After), WireJson.Compact.PageHold, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Account?> GetAccountAsync(string account, AsOf at = default,
        CancellationToken cancellationToken = default) =>
        FindAsync($"/accounts/{Segment("account", account)}" + new QueryWriter().Add(at),
            WireJson.Compact.Account, cancellationToken);

    /// <inheritdoc/>
    public Task<Page<Account>> ListAccountsAsync(PageQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync("/accounts" + new QueryWriter().Add("limit", query.Limit)
            .Add("after", query.After),
            WireJson.Compact.PageAccount, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Page<Account>> ListAccountsAsync(AccountQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync("/accounts" + new QueryWriter().Add("prefix", query.Prefix)
            .Add("words", query.Words)
            .Add("sort", query.Sort == AccountSort.Name ? null
                : Words<AccountSort>.Of("sort", query.Sort))
            .Add("limit", query.Limit).Add("after", query.After),
            WireJson.Compact.PageAccount, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AccountPoints?> GetPointsAsync(string account, PointQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return FindAsync($"/accounts/{Segment("account", account)}/history" + new QueryWriter()
            .Add("asset", query.Asset).Add("from", query.From).Add("to", query.To)
            .Add("by", Words<PointInterval>.Of("by", query.By)),
            WireJson.Compact.AccountPoints, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<SearchResult> SearchAsync(SearchQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync("/search" + new QueryWriter().Add("q", Texts.Given("q", query.Text))
            .Add("limit", query.Limit), WireJson.Compact.SearchResult, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Page<AccountEntry>> ListEntriesAsync(string account, EntryQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync($"/accounts/{Segment("account", account)}/entries"
            + new QueryWriter().Add("on_from", query.OnFrom).Add("on_to", query.OnTo)
                .Add("from", query.From is { } from ? UtcTimeJsonConverter.ToText(from) : null)
                .Add("to", query.To is { } to ? UtcTimeJsonConverter.ToText(to) : null)
                .Add("limit", query.Limit).Add("after", query.After),
            WireJson.Compact.PageAccountEntry, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<Page<Balance>> ListBalancesAsync(BalanceQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync("/balances" + new QueryWriter().Add(query.At).Add("prefix", query.Prefix)
            .Add("limit", query.Limit).Add("after", query.After),
            WireJson.Compact.PageBalance, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Block>> ReadBlocksAsync(long fromHeight, int limit,
        CancellationToken cancellationToken = default)
    {
        var blocks = new List<Block>();
        long? next = long.Max(fromHeight, 1);
        while (next is { } from && blocks.Count < limit)
        {
            var rest = "/blocks" + new QueryWriter()
                .Add("from", from.ToString(CultureInfo.InvariantCulture))
                .Add("limit", int.Min(limit - blocks.Count, Pages.LimitMax));
            using var reply = await GetAsync(rest, cancellationToken).ConfigureAwait(false);
            ThrowUnlessSuccess(reply);
            next = Parse(reply, body => ReadBlocks(body, from, blocks));
        }
        return blocks;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChainEntry> FollowAsync(EntryPosition after = default,
        CancellationToken cancellationToken = default) =>
        new EventStream(_transport, _address, _options).FollowAsync(after, cancellationToken);

    /// <summary>Adds the blocks of a page, which start at a height.</summary>
    /// <returns>The height to go on from; null after the last.</returns>
    /// <exception cref="JsonException">It is not a page of blocks.</exception>
    private static long? ReadBlocks(ReadOnlySpan<byte> utf8, long from, List<Block> blocks)
    {
        var json = new Utf8JsonReader(utf8);
        long? next = null;
        json.Read();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("items"u8))
            {
                json.Read();
                while (json.Read() && json.TokenType == JsonTokenType.StartObject)
                {
                    var start = (int)json.TokenStartIndex;
                    json.Skip();
                    blocks.Add(new Block(from++, utf8[start..(int)json.BytesConsumed].ToArray()));
                }
            }
            else if (json.ValueTextEquals("next"u8))
            {
                json.Read();
                if (json.GetString() is { } text)
                    next = long.Parse(text, CultureInfo.InvariantCulture);
            }
            else
            {
                json.Skip();
            }
        }
        return next;
    }

    internal Task<HttpReply> GetAsync(string rest, CancellationToken cancellationToken,
        TimeSpan? deadline = null) =>
        _transport.SendAsync(new HttpCall(HttpMethod.Get, _address.Of(rest)),
            deadline < _options.Deadline ? deadline.Value : _options.Deadline, cancellationToken);

    internal async Task<T> ReadAsync<T>(string rest, JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
    {
        using var reply = await GetAsync(rest, cancellationToken).ConfigureAwait(false);
        ThrowUnlessSuccess(reply);
        return await AnswerAsync(reply, type, cancellationToken).ConfigureAwait(false);
    }

    internal async Task<T?> FindAsync<T>(string rest, JsonTypeInfo<T> type,
        CancellationToken cancellationToken)
        where T : class
    {
        using var reply = await GetAsync(rest, cancellationToken).ConfigureAwait(false);
        if (ProblemReader.IsNothing(reply)) return null;
        ThrowUnlessSuccess(reply);
        return await AnswerAsync(reply, type, cancellationToken).ConfigureAwait(false);
    }

    internal void ThrowUnlessSuccess(HttpReply reply)
    {
        if (!reply.IsSuccess) throw ProblemReader.Read(reply, null, _info);
    }

    internal static T Parse<T>(HttpReply reply, Func<ReadOnlySpan<byte>, T> read)
    {
        try
        {
            return read(reply.Body);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw HttpReply.BadAnswer(e);
        }
    }
}
