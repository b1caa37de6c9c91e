using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Settle.Http;
using Settle.Wire;

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
    private LedgerInfo? _info;

    private HttpLedger(LedgerAddress address, HttpLedgerOptions options)
    {
        _address = address;
        _options = options;
        _transport = new HttpTransport(address, options);
        _merger = new TransferMerger(this, _transport, address, options);
        Billing = new HttpBilling(this);
    }

    /// <inheritdoc/>
    public string Name => _address.Name;

    /// <inheritdoc/>
    public IBilling Billing { get; }

    /// <summary>
    /// Makes a client for an address such as <c>http://host:7171/bank</c>. Nothing is sent yet.
    /// </summary>
    /// <param name="address">May carry the key: <c>http://sk_...@host/bank</c>.</param>
    /// <param name="options">Timeouts and the key; null for the defaults.</param>
    /// <exception cref="InvalidRequestException">The address is not valid.</exception>
    public static HttpLedger Open(string address, HttpLedgerOptions? options = null) =>
        new(LedgerAddress.Parse(address), options ?? new HttpLedgerOptions());

    /// <inheritdoc cref="Open(string, HttpLedgerOptions?)"/>
    public static HttpLedger Open(Uri address, HttpLedgerOptions? options = null) =>
        Open(address.OriginalString, options);

    /// <summary>
    /// Makes a client and waits until the server answers. The ledger itself may not exist yet.
    /// </summary>
    /// <exception cref="StoreUnavailableException">The server cannot be reached.</exception>
    /// <exception cref="UnauthorizedException">The server does not know the key.</exception>
    public static async Task<HttpLedger> ConnectAsync(string address,
        HttpLedgerOptions? options = null,
        CancellationToken cancellation = default)
    {
        options ??= new HttpLedgerOptions();
        var hasty =
            options with { Deadline = ConnectTimeout < options.Deadline ? ConnectTimeout
                : options.Deadline };
        using (var first = Open(address, hasty))
        {
            using var reply = await first.GetAsync("", cancellation).ConfigureAwait(false);
            if (!ProblemReader.IsNoLedger(reply)) ThrowUnlessSuccess(reply);
        }
        return Open(address, options);
    }

    /// <inheritdoc/>
    public async Task<LedgerInfo> GetInfoAsync(CancellationToken cancellation = default)
    {
        var info = await ReadAsync("", WireJson.Compact.LedgerInfo, cancellation)
            .ConfigureAwait(false);
        _info = info;
        return info;
    }

    /// <inheritdoc/>
    public Task<LedgerInfo> InitializeAsync(string asset, int? scale = null,
        CancellationToken cancellation = default) =>
        WriteAsync(HttpMethod.Put, "", $"ledger:{asset}",
            new LedgerBody { Asset = asset, Scale = scale },
            WireJson.Compact.LedgerBody, WireJson.Compact.LedgerInfo, cancellation);

    /// <inheritdoc/>
    public Task<AssetInfo> DeclareAssetAsync(string asset, int scale,
        CancellationToken cancellation = default) =>
        WriteAsync(HttpMethod.Put, $"/assets/{Segment("asset", asset)}", $"asset:{asset}",
            new AssetBody { Scale = scale }, WireJson.Compact.AssetBody, WireJson.Compact.AssetInfo,
            cancellation);

    /// <inheritdoc/>
    public async Task<Transfer> TransferAsync(string from, string to, Money amount,
        string? id = null,
        CancellationToken cancellation = default)
    {
        var (minor, asset) = await ToMinorAsync(amount, cancellation).ConfigureAwait(false);
        return await TransferAsync(
            new TransferRequest { Id = id, From = from, To = to, Amount = minor, Asset = asset },
            cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<Transfer> TransferAsync(TransferRequest request,
        CancellationToken cancellation = default) =>
        _merger.TransferAsync(request, cancellation);

    /// <inheritdoc/>
    public async Task<Transaction> TransactAsync(TransactionRequest request,
        CancellationToken cancellation = default)
    {
        var id = request.Id ?? NewId();
        WireTexts.Check(request);
        var transaction =
            await WriteAsync(HttpMethod.Post, "/transactions", id, request with { Id = id },
            WireJson.Compact.TransactionRequest, WireJson.Compact.Transaction, cancellation)
                .ConfigureAwait(false);
        return request.Id is null ? transaction with { Replayed = false } : transaction;
    }

    /// <inheritdoc/>
    public async Task<Hold> HoldAsync(HoldRequest request, CancellationToken cancellation = default)
    {
        var id = request.Id ?? NewId();
        WireTexts.Check(request);
        try
        {
            var hold = await WriteAsync(HttpMethod.Post, "/holds", id, request with { Id = id },
                WireJson.Compact.HoldRequest, WireJson.Compact.Hold, cancellation)
                    .ConfigureAwait(false);
            return request.Id is null ? hold with { Replayed = false } : hold;
        }
        catch (OutcomeUnknownException e)
        {
            var hold = await AskAsync($"/holds/{Segment("id", id)}", WireJson.Compact.Hold, e)
                .ConfigureAwait(false);
            return hold.Reason is null ? hold : throw RejectedException.For(
                Refusals.Parse(hold.Reason), id, hold.Block, replayed: false);
        }
    }

    /// <inheritdoc/>
    public async Task<Transfer> CaptureAsync(CaptureRequest request,
        CancellationToken cancellation = default)
    {
        var id = request.Id ?? NewId();
        var transfer =
            await WriteAsync(HttpMethod.Post, $"/holds/{Segment("hold", request.Hold)}/capture", id,
            new CaptureBody { Id = WireTexts.Check("id", id), Amount = request.Amount },
            WireJson.Compact.CaptureBody, WireJson.Compact.Transfer, cancellation)
                .ConfigureAwait(false);
        return request.Id is null ? transfer with { Replayed = false } : transfer;
    }

    /// <inheritdoc/>
    public async Task<Hold> VoidAsync(VoidRequest request, CancellationToken cancellation = default)
    {
        var id = request.Id ?? NewId();
        var hold =
            await WriteAsync(HttpMethod.Post, $"/holds/{Segment("hold", request.Hold)}/void", id,
            new IdBody { Id = WireTexts.Check("id", id) }, WireJson.Compact.IdBody,
            WireJson.Compact.Hold,
            cancellation).ConfigureAwait(false);
        return request.Id is null ? hold with { Replayed = false } : hold;
    }

    /// <inheritdoc/>
    public async Task<Transaction> RevertAsync(RevertRequest request,
        CancellationToken cancellation = default)
    {
        var id = request.Id ?? NewId();
        var revert =
            await WriteAsync(HttpMethod.Post,
            $"/transfers/{Segment("reverts", request.Reverts)}/revert",
            id, new IdBody { Id = WireTexts.Check("id", id) }, WireJson.Compact.IdBody,
            WireJson.Compact.Transaction, cancellation).ConfigureAwait(false);
        return request.Id is null ? revert with { Replayed = false } : revert;
    }

    /// <inheritdoc/>
    public Task<Account> OpenAccountAsync(AccountRequest request,
        CancellationToken cancellation = default)
    {
        var id = request.Id ?? NewId();
        WireTexts.Check(request);
        var body = new AccountBody
        {
            Id = id,
            Asset = request.Asset,
            Overdraft = request.Overdraft,
            Ceiling = request.Ceiling,
            Closed = request.Closed,
            Owners = request.Owners,
            Meta = request.Meta,
        };
        return WriteAsync(HttpMethod.Put, $"/accounts/{Segment("account", request.Account)}", id,
            body,
            WireJson.Compact.AccountBody, WireJson.Compact.Account, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// The ledger's default asset, which does not change once something was decided.
    /// </summary>
    internal async ValueTask<string> GetDefaultAssetAsync(CancellationToken cancellation) =>
        (await GetKnownInfoAsync(cancellation).ConfigureAwait(false)).Asset;

    internal HttpLedgerOptions Options => _options;

    internal static string NewId() => Guid.CreateVersion7().ToString("N");

    internal static string Segment(string field, string name) =>
        Uri.EscapeDataString(WireTexts.Check(field, name));

    private async ValueTask<LedgerInfo> GetKnownInfoAsync(CancellationToken cancellation) =>
        _info is { Height: > 0 } info
            ? info : await GetInfoAsync(cancellation).ConfigureAwait(false);

    /// <summary>
    /// The minor units of an amount, and its asset. Before the first block that is always named:
    /// somebody may be about to make another one the default.
    /// </summary>
    private async Task<(long Minor, string? Asset)> ToMinorAsync(
        Money amount, CancellationToken cancellation)
    {
        var asset = amount.Asset;
        if (asset is null)
        {
            var info = await GetKnownInfoAsync(cancellation).ConfigureAwait(false);
            if (info.Height > 0)
            {
                var known = await GetScaleAsync(info.Asset, cancellation).ConfigureAwait(false);
                return (amount.ToMinor(known), null);
            }
            asset = info.Asset;
        }
        var scale = await GetScaleAsync(asset, cancellation).ConfigureAwait(false);
        return (amount.ToMinor(scale), asset);
    }

    private async Task<int> GetScaleAsync(string code, CancellationToken cancellation)
    {
        if (Iso4217.TryGetScale(code, out var scale)) return scale;
        if (_info?.Assets.FirstOrDefault(known => known.Code == code) is { } cached)
            return cached.Scale;
        var info = await GetInfoAsync(cancellation).ConfigureAwait(false);
        return info.Assets.FirstOrDefault(known => known.Code == code)?.Scale
            ?? throw new InvalidRequestException("asset",
            $"'{code}' is neither in ISO 4217 nor declared here");
    }

    private async Task<TAnswer> WriteAsync<TBody, TAnswer>(HttpMethod method, string rest,
        string id, TBody body,
        JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answerType,
        CancellationToken cancellation)
    {
        return await SendAsync(method, rest, id,
            JsonSerializer.SerializeToUtf8Bytes(body, bodyType), answerType, null, cancellation)
            .ConfigureAwait(false);
    }

    /// <summary>Sends a request that decides something, and reads its answer.</summary>
    internal async Task<T> SendAsync<T>(HttpMethod method, string rest, string id,
        ReadOnlyMemory<byte> body, JsonTypeInfo<T> type, TimeSpan? deadline,
        CancellationToken cancellation)
    {
        using var reply = await SendAsync(method, rest, id, body, deadline, cancellation)
            .ConfigureAwait(false);
        return reply.Read(type);
    }

    /// <inheritdoc cref="SendAsync{T}"/>
    internal Task<HttpReply> SendAsync(HttpMethod method, string rest, string id,
        ReadOnlyMemory<byte> body, TimeSpan? deadline, CancellationToken cancellation) =>
        _transport.SendCheckedAsync(new HttpCall(method, _address.Of(rest), body, id),
            deadline ?? _options.Deadline, cancellation);

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
