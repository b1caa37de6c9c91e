using System.Text.Json.Serialization.Metadata;
using Settle.Http;

namespace Settle;

/// <summary>A ledger behind a Settle server.</summary>
/// <remarks>
/// Every request that decides something gets its id before it is first sent, and is repeated with
/// the same id until there is an answer or <see cref="HttpLedgerOptions.Deadline"/> has passed. In
/// the end it was applied (the call returns), it was not (<see cref="StoreUnavailableException"/>),
/// or nobody knows (<see cref="OutcomeUnknownException"/>). Concurrent calls of
/// <see cref="TransferAsync(TransferRequest, CancellationToken)"/> are sent together. Cancelling a
/// call only stops waiting for it.
/// </remarks>
public sealed partial class HttpLedger : ILedger
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AskTimeout = TimeSpan.FromSeconds(2);
    private readonly LedgerAddress _address;
    private readonly HttpTransport _transport;
    private readonly TransferMerger _merger;
    private readonly HttpLedgerOptions _options;

    private HttpLedger(LedgerAddress address, HttpLedgerOptions options)
    {
        _address = address;
        _options = options;
        _transport = new HttpTransport(address, options) { Info = () => _info };
        _merger = new TransferMerger(this, _transport, address, options);
        Billing = new HttpBilling(this);
        Sites = new HttpSites(this);
        Reports = new HttpReports(this);
    }

    /// <inheritdoc/>
    public string Name => _address.Name;

    /// <inheritdoc/>
    public IBilling Billing { get; }

    /// <inheritdoc/>
    public ISites Sites { get; }

    /// <inheritdoc/>
    public IReports Reports { get; }

    /// <summary>
    /// Makes a client for an address such as <c>http://host:7171/bank</c>. Nothing is sent yet.
    /// </summary>
    /// <param name="address">May carry the key: <c>http://sk_...@host/bank</c>.</param>
    /// <param name="options">Timeouts and the key; null for the defaults.</param>
    /// <exception cref="InvalidRequestException">The address is not valid.</exception>
    public static HttpLedger Open(string address, HttpLedgerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        return new HttpLedger(LedgerAddress.Parse(address), options ?? new HttpLedgerOptions());
    }

    /// <inheritdoc cref="Open(string, HttpLedgerOptions?)"/>
    public static HttpLedger Open(Uri address, HttpLedgerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        return Open(address.OriginalString, options);
    }

    /// <summary>
    /// Makes a client and waits until the server answers. The ledger itself may not exist yet.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The server cannot be reached.</exception>
    /// <exception cref="UnauthorizedException">The server does not know the key.</exception>
    public static async Task<HttpLedger> ConnectAsync(string address,
        HttpLedgerOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        options ??= new HttpLedgerOptions();
        var hasty =
            options with { Deadline = ConnectTimeout < options.Deadline ? ConnectTimeout
                : options.Deadline };
        using var first = Open(address, hasty);
        using var reply = await first.GetAsync("", cancellationToken).ConfigureAwait(false);
        var isNone = ProblemReader.IsNoLedger(reply);
        if (!isNone) first.ThrowUnlessSuccess(reply);
        var ledger = Open(address, options);
        if (!isNone) ledger._info = reply.Read(WireJson.Compact.LedgerInfo);
        return ledger;
    }

    /// <inheritdoc/>
    public async Task<LedgerInfo> GetInfoAsync(CancellationToken cancellationToken = default) =>
        _info = await ReadAsync("", WireJson.Compact.LedgerInfo, cancellationToken)
            .ConfigureAwait(false);

    /// <inheritdoc/>
    public Task<LedgerInfo> InitializeAsync(string asset, int? scale = null,
        CancellationToken cancellationToken = default) =>
        InitializeAsync(new LedgerRequest { Asset = asset, Scale = scale }, cancellationToken);

    /// <inheritdoc/>
    public Task<LedgerInfo> InitializeAsync(LedgerRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = new LedgerBody
        {
            Asset = WireTexts.Check("asset", request.Asset), Scale = request.Scale,
            Strict = request.Strict,
        };
        return WriteAsync(HttpMethod.Put, "", $"ledger:{body.Asset}", body,
            WireJson.Compact.LedgerBody, WireJson.Compact.LedgerInfo, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<AssetInfo> DeclareAssetAsync(string asset, int scale,
        CancellationToken cancellationToken = default) =>
        WriteAsync(HttpMethod.Put, $"/assets/{Segment("asset", asset)}", $"asset:{asset}",
            new AssetBody { Scale = scale }, WireJson.Compact.AssetBody, WireJson.Compact.AssetInfo,
            cancellationToken);

    /// <inheritdoc/>
    public Task<Transfer> TransferAsync(string from, string to, Money amount, string? id = null,
        CancellationToken cancellationToken = default) =>
        TransferAsync(new TransferRequest { Id = id, From = from, To = to, Amount = amount },
            cancellationToken);

    /// <inheritdoc/>
    public Task<Transfer> TransferAsync(TransferRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.DryRun ? RehearseAsync(request, cancellationToken)
            : _merger.TransferAsync(request, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<Transaction> TransactAsync(TransactionRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id
            ?? await NewIdAsync(cancellationToken).ConfigureAwait(false);
        WireTexts.Check(request);
        var postings = new Posting[request.Postings.Count];
        for (var i = 0; i < postings.Length; i++)
        {
            var amount = await InMinorAsync($"postings[{i}].amount", request.Postings[i].Amount,
                request.Postings[i].Asset, cancellationToken).ConfigureAwait(false);
            postings[i] = request.Postings[i] with { Amount = amount, Asset = amount.Asset };
        }
        var body = request with { Id = id, Postings = postings };
        var transaction = await SiteWait.RunAsync(request.Wait, _options, wait =>
            WriteAsync(HttpMethod.Post, "/transactions", id, body,
                WireJson.Compact.TransactionRequest, WireJson.Compact.Transaction,
                cancellationToken, wait), cancellationToken).ConfigureAwait(false);
        return request.Id is null ? transaction with { Replayed = false } : transaction;
    }

    /// <inheritdoc/>
    public async Task<Hold> HoldAsync(HoldRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id
            ?? await NewIdAsync(cancellationToken).ConfigureAwait(false);
        WireTexts.Check(request);
        var amount = await InMinorAsync("amount", request.Amount, request.Asset, cancellationToken)
            .ConfigureAwait(false);
        try
        {
            var body = request with { Id = id, Amount = amount, Asset = amount.Asset };
            var hold = await SiteWait.RunAsync(request.Wait, _options, wait =>
                WriteAsync(HttpMethod.Post, "/holds", id, body, WireJson.Compact.HoldRequest,
                    WireJson.Compact.Hold, cancellationToken, wait), cancellationToken)
                .ConfigureAwait(false);
            return request.Id is null ? hold with { Replayed = false } : hold;
        }
        catch (OutcomeUnknownException e)
        {
            var hold = await AskAsync($"/holds/{Segment("id", id)}", WireJson.Compact.Hold, e)
                .ConfigureAwait(false);
            return hold.Reason is not { } reason ? hold
                : throw RejectedException.For(reason, id, hold.Block, replayed: false);
        }
    }

    /// <inheritdoc/>
    public async Task<Transfer> CaptureAsync(CaptureRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id
            ?? await NewIdAsync(cancellationToken).ConfigureAwait(false);
        var amount = request.Amount;
        if (amount is { } part)
        {
            var hold = await GetHoldAsync(Texts.Given("hold", request.Hold), cancellationToken)
                .ConfigureAwait(false);
            amount = await InMinorAsync("amount", part, hold?.Asset, cancellationToken)
                .ConfigureAwait(false);
        }
        var transfer =
            await WriteAsync(HttpMethod.Post, $"/holds/{Segment("hold", request.Hold)}/capture", id,
            new CaptureBody
            {
                Id = WireTexts.Check("id", id), Amount = amount, Timestamp = request.Timestamp,
                Memo = request.Memo is null ? null : WireTexts.Check("memo", request.Memo),
            },
            WireJson.Compact.CaptureBody, WireJson.Compact.Transfer, cancellationToken)
                .ConfigureAwait(false);
        return request.Id is null ? transfer with { Replayed = false } : transfer;
    }

    /// <inheritdoc/>
    public async Task<Hold> VoidAsync(VoidRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id
            ?? await NewIdAsync(cancellationToken).ConfigureAwait(false);
        var hold =
            await WriteAsync(HttpMethod.Post, $"/holds/{Segment("hold", request.Hold)}/void", id,
            new VoidBody
            {
                Id = WireTexts.Check("id", id), Timestamp = request.Timestamp,
                Memo = request.Memo is null ? null : WireTexts.Check("memo", request.Memo),
            }, WireJson.Compact.VoidBody, WireJson.Compact.Hold,
            cancellationToken).ConfigureAwait(false);
        return request.Id is null ? hold with { Replayed = false } : hold;
    }

    /// <inheritdoc/>
    public async Task<Transaction> RevertAsync(RevertRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id
            ?? await NewIdAsync(cancellationToken).ConfigureAwait(false);
        var amount = request.Amount;
        if (amount is { } part)
        {
            var reverted = await GetTransferAsync(
                Texts.Given("reverts", request.Reverts), cancellationToken).ConfigureAwait(false);
            amount = await InMinorAsync("amount", part, reverted?.Asset, cancellationToken)
                .ConfigureAwait(false);
        }
        var revert =
            await WriteAsync(HttpMethod.Post,
            $"/transfers/{Segment("reverts", request.Reverts)}/revert",
            id, new RevertBody
            {
                Id = WireTexts.Check("id", id), Amount = amount, Timestamp = request.Timestamp,
                Memo = request.Memo is null ? null : WireTexts.Check("memo", request.Memo),
            }, WireJson.Compact.RevertBody, WireJson.Compact.Transaction, cancellationToken)
                .ConfigureAwait(false);
        return request.Id is null ? revert with { Replayed = false } : revert;
    }

    /// <inheritdoc/>
    public async Task<Account> PutAccountAsync(AccountRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id
            ?? await NewIdAsync(cancellationToken).ConfigureAwait(false);
        WireTexts.Check(request);
        var (asset, overdraft, ceiling) = (request.Asset, request.Overdraft, request.Ceiling);
        if (overdraft is { IsUnlimited: false, Limit: var limit })
        {
            limit = await InMinorAsync("overdraft", limit, asset, cancellationToken,
                allowZero: true)
                .ConfigureAwait(false);
            (asset, overdraft) = (limit.Asset, Overdraft.Of(limit));
        }
        if (ceiling is { IsNone: false, Limit: var highest })
        {
            highest = await InMinorAsync("ceiling", highest, asset, cancellationToken,
                allowZero: true)
                .ConfigureAwait(false);
            (asset, ceiling) = (highest.Asset, Ceiling.Of(highest));
        }
        var body = new AccountBody
        {
            Id = id,
            Asset = asset,
            Overdraft = overdraft,
            Ceiling = ceiling,
            Closed = request.Closed,
            Owners = request.Owners,
            Meta = request.Meta,
        };
        return await WriteAsync(HttpMethod.Put,
            $"/accounts/{Segment("account", request.Account)}", id, body,
            WireJson.Compact.AccountBody, WireJson.Compact.Account, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    internal HttpLedgerOptions Options => _options;

    /// <summary>An id that the server's site decides, if its ledger has several.</summary>
    internal async ValueTask<string> NewIdAsync(CancellationToken cancellationToken) =>
        FreshIds.Next(_info ?? await GetInfoAsync(cancellationToken).ConfigureAwait(false));

    internal static string Segment(string field, string name) =>
        Uri.EscapeDataString(WireTexts.Check(field, name));

    private async Task<TAnswer> WriteAsync<TBody, TAnswer>(HttpMethod method, string rest,
        string id, TBody body,
        JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType,
        CancellationToken cancellationToken, TimeSpan wait = default)
    {
        return await SendAsync(method, rest, id,
            JsonSerializer.SerializeToUtf8Bytes(body, bodyType), answerType, null,
                cancellationToken, wait)
            .ConfigureAwait(false);
    }

    /// <summary>Sends a request that decides something, and reads its answer.</summary>
    internal async Task<T> SendAsync<T>(HttpMethod method, string rest, string id,
        ReadOnlyMemory<byte> body, JsonTypeInfo<T> type, TimeSpan? deadline,
        CancellationToken cancellationToken, TimeSpan wait = default)
    {
        using var reply = await SendAsync(
            method, rest, id, body, deadline, cancellationToken, wait).ConfigureAwait(false);
        return await AnswerAsync(reply, type, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc cref="SendAsync{T}"/>
    internal Task<HttpReply> SendAsync(HttpMethod method, string rest, string id,
        ReadOnlyMemory<byte> body, TimeSpan? deadline, CancellationToken cancellationToken,
        TimeSpan wait = default) =>
        _transport.SendCheckedAsync(
            new HttpCall(method, _address.Of(rest), body, id) { Wait = wait },
            (deadline ?? _options.Deadline) + wait, cancellationToken);

    /// <summary>Looks once whether a request whose answers were all lost was decided.</summary>
    internal async Task<T> AskAsync<T>(string rest, JsonTypeInfo<T> type,
        OutcomeUnknownException unknown)
        where T : class
    {
        using var once = new CancellationTokenSource(AskTimeout, _options.Clock);
        try
        {
            return await FindAsync(rest, type, once.Token).ConfigureAwait(false) ?? throw unknown;
        }
        catch (Exception e) when (e is OperationCanceledException or SettleException)
        {
            throw unknown;
        }
    }
}
