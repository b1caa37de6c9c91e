using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace Settle.Http;

/// <summary>
/// Sends requests until there is an answer or the deadline is over. A request that decides
/// something carries its id from the first try on, so each further try is the same request again.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);
    private static readonly ResiliencePropertyKey<HttpCall> CallKey = new("call");
    private static readonly Counter<long> Retries = Telemetry.Meter.CreateCounter<long>(
        "settle.client.retries", "{request}", "Requests that were sent again");
    private readonly LedgerAddress _address;
    private readonly HttpClient? _own;
    private readonly Func<HttpClient> _http;
    private readonly AuthenticationHeaderValue? _key;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline<HttpReply> _pipeline;

    public HttpTransport(LedgerAddress address, HttpLedgerOptions options)
    {
        (_address, _clock) = (address, options.Clock);
        if (options.HttpClient is null)
            _own = new HttpClient(NewHandler(address)) { Timeout = Timeout.InfiniteTimeSpan };
        _http = options.HttpClient ?? (() => _own!);
        if ((options.ApiKey ?? address.ApiKey) is { Length: > 0 } key)
            _key = new AuthenticationHeaderValue("Bearer", key);
        _pipeline = MakePipeline(options, address.Name);
    }

    /// <summary>What is known of the ledger's assets.</summary>
    public Func<LedgerInfo?> Info { get; init; } = () => null;

    /// <summary>Makes what sends the requests to a server.</summary>
    public static SocketsHttpHandler NewHandler(LedgerAddress address) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = !address.Server.IsLoopback,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>Sends a request until it gets a success or a refusal.</summary>
    /// <exception cref="StoreUnavailableException">Nothing was decided.</exception>
    /// <exception cref="OutcomeUnknownException">It may have been.</exception>
    public async Task<HttpReply> SendAsync(HttpCall call, TimeSpan deadline,
        CancellationToken cancellation)
    {
        using var end = new CancellationTokenSource(
            deadline > TimeSpan.Zero ? deadline : TimeSpan.Zero, _clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(end.Token, cancellation);
        using var span = Telemetry.Source.HasListeners() ? Trace(call) : null;
        var context = ResilienceContextPool.Shared.Get(both.Token);
        context.Properties.Set(CallKey, call);
        try
        {
            return await _pipeline.ExecuteAsync(static async (context, transport) =>
                await transport.TryAsync(context).ConfigureAwait(false), context, this)
                    .ConfigureAwait(false);
        }
        catch (Exception e)
            when (end.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            var expired = Expired(call, e);
            span?.Fail(expired);
            throw expired;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>
    /// Sends a request and reads its answer; throws the error that the answer is.
    /// </summary>
    public async Task<HttpReply> SendCheckedAsync(HttpCall call, TimeSpan deadline,
        CancellationToken cancellation)
    {
        var reply = await SendAsync(call, deadline, cancellation).ConfigureAwait(false);
        if (reply.IsSuccess) return reply;
        using (reply) throw ProblemReader.Read(reply, call.Id, Info());
    }

    /// <summary>
    /// Opens a stream of events. Its errors are those of HTTP; the caller opens it again.
    /// </summary>
    public async Task<HttpResponseMessage> OpenStreamAsync(HttpCall call, string? lastEventId,
        CancellationToken cancellation)
    {
        using var request = NewRequest(call);
        if (lastEventId is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        return await _http().SendAsync(request, HttpCompletionOption.ResponseHeadersRead,
            cancellation)
            .ConfigureAwait(false);
    }

    public void Dispose() => _own?.Dispose();

    private HttpRequestMessage NewRequest(HttpCall call)
    {
        var request = new HttpRequestMessage(call.Method, call.Address)
        {
            Headers = { Authorization = _key },
        };
        if (call.Wait > TimeSpan.Zero)
        {
            request.Headers.TryAddWithoutValidation("Prefer", string.Create(
                CultureInfo.InvariantCulture, $"wait={Math.Ceiling(call.Wait.TotalSeconds)}"));
        }
        if (call.IsShort)
            request.Headers.TryAddWithoutValidation("Prefer", BatchWire.MinimalPreference);
        return request;
    }

    private static ResiliencePipeline<HttpReply> MakePipeline(HttpLedgerOptions options,
        string ledger)
    {
        var builder = new ResiliencePipelineBuilder<HttpReply> { TimeProvider = options.Clock };
        return builder
            .AddRetry(new RetryStrategyOptions<HttpReply>
            {
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = FirstPause,
                MaxDelay = LongestPause,
                ShouldHandle = static arguments =>
                    ValueTask.FromResult(IsPassing(arguments.Outcome)),
                OnRetry = arguments =>
                {
                    Retries.Add(1, new KeyValuePair<string, object?>(Telemetry.Ledger, ledger));
                    var call = arguments.Context.Properties.GetValue(CallKey, null!);
                    call.LastError = arguments.Outcome.Exception;
                    return ValueTask.CompletedTask;
                },
                DelayGenerator = static arguments =>
                    ValueTask.FromResult(PauseAskedFor(arguments.Outcome)),
            })
            .AddTimeout(new TimeoutStrategyOptions
            {
                TimeoutGenerator = arguments => ValueTask.FromResult(options.AttemptTimeout
                    + arguments.Context.Properties.GetValue(CallKey, null!).Wait),
            })
            .Build();
    }

    /// <summary>
    /// A span for one call, whose tries are below it. Its name is a method and a resource, no id.
    /// </summary>
    private Activity? Trace(HttpCall call)
    {
        var rest = call.Address.AbsolutePath[_address.Of("").AbsolutePath.Length..];
        var name = $"{call.Method} {rest.Split('/') switch
        {
            [_, var resource, "batch"] => $"{resource}/batch",
            [_, var resource, ..] => resource,
            _ => "ledger",
        }}";
        var span = call.Callers.Count > 0
            ? Telemetry.Start(name, ActivityKind.Client, call.Callers)
            : Telemetry.Source.StartActivity(name, ActivityKind.Client);
        span?.SetTag(Telemetry.Ledger, _address.Name)
            .SetTag("server.address", call.Address.Host).SetTag("server.port", call.Address.Port);
        if (call is { Id: { } id, Callers.Count: <= 1 }) span?.SetTag("settle.request.id", id);
        return span;
    }

    private async Task<HttpReply> TryAsync(ResilienceContext context)
    {
        var call = context.Properties.GetValue(CallKey, null!);
        var before = call.MayBeDecided;
        using var request = NewRequest(call);
        if (call.Method != HttpMethod.Get) request.Content = new TrackedContent(call);
        using var response =
            await _http().SendAsync(request, HttpCompletionOption.ResponseHeadersRead,
            context.CancellationToken).ConfigureAwait(false);
        var reply = await HttpReply.ReadAsync(response, context.CancellationToken)
            .ConfigureAwait(false);
        if (ProblemReader.SaysNotDecided(reply)) call.MayBeDecided = before;
        return reply;
    }

    private static bool IsPassing(Outcome<HttpReply> outcome) => outcome.Result is { } reply
        ? ProblemReader.IsTransient(reply)
        : outcome.Exception is HttpRequestException or IOException or TimeoutRejectedException
            or OperationCanceledException { InnerException: TimeoutException };

    private static TimeSpan? PauseAskedFor(Outcome<HttpReply> outcome) =>
        outcome.Result is { Status: HttpStatusCode.TooManyRequests } reply ? reply.RetryAfter
            : null;

    public static OutcomeUnknownException Unknown(string id, Exception? last) =>
        new(id, "no answer came before the deadline; whether the request was decided is unknown: "
            + $"ask with id '{id}', or send the same again", last);

    public static StoreUnavailableException NotSent(Exception? last) => new(last switch
    {
        HttpRequestException e => $"the server cannot be reached: {e.Message}; nothing was decided",
        StoreUnavailableException e => e.Message,
        _ => "the server did not take the request before the deadline; nothing was decided",
    }, last);

    private static SettleException Expired(HttpCall call, Exception last) =>
        call.Id is { } id && call.MayBeDecided ? Unknown(id, last)
            : NotSent(call.LastError ?? last);
}
