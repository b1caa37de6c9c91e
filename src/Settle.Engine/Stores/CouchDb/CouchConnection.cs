using System.Net;
using System.Net.Http.Headers;

namespace Settle.Stores.CouchDb;

/// <summary>
/// Requests to one database. None is sent a second time here: whether that is safe, only the caller
/// knows.
/// </summary>
internal sealed class CouchConnection : IDisposable
{
    /// <summary>After how long nobody waits for an answer any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private const string Json = "application/json";

    // Some servers close a connection after five idle seconds; a write must not run into that.
    private static readonly TimeSpan IdleMax = TimeSpan.FromSeconds(4);

    private readonly HttpClient _http;
    private readonly TimeProvider? _wallClock;
    private volatile StoreClock? _serverClock;

    public CouchConnection(CouchAddress address, CouchNetwork? network = null)
    {
        (Address, Clock) = (address, (network ?? CouchNetwork.Machine).Clock);
        _wallClock = (network ?? CouchNetwork.Machine).WallClock;
        _http = new HttpClient(network?.NewHandler?.Invoke() ?? NewHandler(address))
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue(Json));
        if (address.User is null) return;
        var user = Encoding.UTF8.GetBytes($"{address.User}:{address.Password}");
        _http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(user));
    }

    public CouchAddress Address { get; }

    /// <summary>Measures how long answers take.</summary>
    public TimeProvider Clock { get; }

    /// <summary>The server's clock at its last answer; null while it has not said it.</summary>
    public StoreClock? ServerClock => _serverClock;

    /// <summary>Asks about the database itself, or makes it.</summary>
    /// <exception cref="StoreUnavailableException">There was no answer.</exception>
    public Task<CouchAnswer> AskDatabaseAsync(HttpMethod method, CancellationToken cancellation) =>
        AskAsync(method, Address.Database, null, Patience, cancellation);

    /// <summary>Reads something of the database.</summary>
    /// <exception cref="StoreUnavailableException">There was no answer.</exception>
    public Task<CouchAnswer> GetAsync(string rest, CancellationToken cancellation) =>
        AskAsync(Address.Of(rest), Patience, cancellation);

    /// <summary>Reads something, waiting so long for its answer.</summary>
    /// <exception cref="StoreUnavailableException">There was no answer.</exception>
    public Task<CouchAnswer> AskAsync(
        Uri address, TimeSpan patience, CancellationToken cancellation) =>
        AskAsync(HttpMethod.Get, address, null, patience, cancellation);

    /// <summary>Sends something whose repetition is harmless.</summary>
    /// <exception cref="StoreUnavailableException">There was no answer.</exception>
    public Task<CouchAnswer> AskAsync(HttpMethod method, string rest,
        ReadOnlyMemory<byte> json, CancellationToken cancellation) =>
        AskAsync(method, Address.Of(rest), json, Patience, cancellation);

    /// <summary>Writes a document, once.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="body">Its body.</param>
    /// <param name="copies">How many copies must have it; null for as many as usual.</param>
    /// <param name="patience">How long to wait for an answer; null for long.</param>
    /// <exception cref="StoreUnavailableException">It was not sent.</exception>
    /// <exception cref="WriteOutcomeUnknownException">It may have been, without answer.</exception>
    public async Task<CouchAnswer> PutAsync(
        string id, ReadOnlyMemory<byte> body, int? copies = null, TimeSpan? patience = null)
    {
        var address = Address.Of(Uri.EscapeDataString(id) + (copies is { } count
            ? string.Create(CultureInfo.InvariantCulture, $"?w={count}") : ""));
        using var request = new HttpRequestMessage(HttpMethod.Put, address)
        {
            Content = JsonContent(body),
        };
        // Servers of the 1.x line acknowledge before the disk has it, unless asked not to.
        request.Headers.Add("X-Couch-Full-Commit", "true");
        using var timeout = new CancellationTokenSource(patience ?? Patience, Clock);
        try
        {
            return await SendAsync(request, timeout.Token).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (IsBeforeSending(e))
        {
            throw CouchErrors.NotReached(Address, e);
        }
        catch (Exception e) when (IsPassing(e))
        {
            throw new WriteOutcomeUnknownException(id, e);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<CouchAnswer> AskAsync(HttpMethod method, Uri address,
        ReadOnlyMemory<byte>? body, TimeSpan patience, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is { } content) request.Content = JsonContent(content);
        using var timeout = new CancellationTokenSource(patience, Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(
            cancellation, timeout.Token);
        try
        {
            return await SendAsync(request, either.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsPassing(e) && !cancellation.IsCancellationRequested)
        {
            throw CouchErrors.NotReached(Address, e);
        }
    }

    private async Task<CouchAnswer> SendAsync(
        HttpRequestMessage request, CancellationToken cancellation)
    {
        using var response = await _http.SendAsync(
            request, HttpCompletionOption.ResponseContentRead, cancellation).ConfigureAwait(false);
        if (_wallClock is not null && response.Headers.Date is { } date)
            _serverClock = new(_wallClock.GetUtcNow() - date, !Address.Database.IsLoopback);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        return new CouchAnswer(response.StatusCode, body);
    }

    private static SocketsHttpHandler NewHandler(CouchAddress address) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !address.Database.IsLoopback,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = IdleMax,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.None,
    };

    private static ReadOnlyMemoryContent JsonContent(ReadOnlyMemory<byte> body) => new(body)
    {
        Headers = { ContentType = new MediaTypeHeaderValue(Json) },
    };

    private static bool IsBeforeSending(HttpRequestException e) => e.HttpRequestError
        is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static bool IsPassing(Exception e) =>
        e is HttpRequestException or IOException or OperationCanceledException;
}
