using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;

namespace Settle.Server;

/// <summary>
/// Puts the server together: services, then the way of a request from top to bottom.
/// </summary>
internal static class WebApp
{
    private const int HeaderBytesMax = 16 * 1024;
    private const int HeadersMax = 64;
    private const int TargetBytesMax = 8 * 1024;

    // Of what a connection sends, this much is read before anybody asks for it.
    private const int BufferBytesMax = 64 * 1024;

    public static WebApplication Build(ServeOptions options)
    {
        var address = ListenAddress.Parse(options.Listen);
        if (options.KeysFile is null && !address.IsLoopback)
            throw new InvalidRequestException("listen",
            $"{options.Listen} can be reached from elsewhere, so the "
                + "server needs keys: make one with 'settle keys add', or listen on 127.0.0.1");
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { ApplicationName = typeof(WebApp).Assembly.GetName().Name });
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel => Limit(kestrel, options));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address.Address, address.Port));
        AddLogging(builder.Logging, options);
        if (options.Log is { } log) builder.Logging.AddProvider(log);
        AddServices(builder.Services, options);
        var app = builder.Build();
        try
        {
            Use(app, options);
            Map(app, options);
            return app;
        }
        catch
        {
            ((IDisposable)app).Dispose();
            throw;
        }
    }

    private static void Limit(KestrelServerOptions kestrel, ServeOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.BodyBytesMax * RequestBody.ReadFactor;
        kestrel.Limits.MaxRequestHeadersTotalSize = HeaderBytesMax;
        kestrel.Limits.MaxRequestHeaderCount = HeadersMax;
        kestrel.Limits.MaxRequestLineSize = TargetBytesMax;
        kestrel.Limits.MaxRequestBufferSize = BufferBytesMax;
        kestrel.Limits.MaxConcurrentConnections = ConnectionLimit.Find();
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
    }

    private static void AddLogging(ILoggingBuilder logging, ServeOptions options)
    {
        logging.ClearProviders();
        if (options.LogsForPeople)
        {
            logging.AddConsole(console => console.FormatterName = PlainLog.FormatterName);
            logging.Services.AddSingleton<ConsoleFormatter, PlainLog>();
            logging.Services.Configure<SimpleConsoleFormatterOptions>(
                console => console.TimestampFormat = "HH:mm:ss");
        }
        else
        {
            logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            });
        }
        logging.Services.Configure<ConsoleLoggerOptions>(
            console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        logging.SetMinimumLevel(options.LogLevel);
        logging.AddFilter("Microsoft", LogLevel.Warning);
        // Who was turned away and why is in the answer; a start that fails is an error of its
        // caller.
        logging.AddFilter(typeof(ApiKeyHandler).FullName, LogLevel.Warning);
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
    }

    private static void AddServices(IServiceCollection services, ServeOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton(options.Clock);
        services.AddSingleton<IConnectionListenerFactory, LimitedTransport>();
        services.AddSingleton(provider => new LedgerHost(
            options, provider.GetService<KeyRing>(),
            provider.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>(),
            provider.GetRequiredService<ILogger<LedgerHost>>()));
        services.AddSingleton<Verifications>();
        services.AddSingleton<PrometheusMetrics>();
        services.AddOpenApi(OpenApiDocumentation.Configure);
        if (options.KeysFile is { } file)
        {
            services.AddSingleton(provider =>
                ActivatorUtilities.CreateInstance<KeyRing>(provider, file));
            services.AddSingleton<Sessions>();
        }
        // The core only: the rest would keep keys for cookies in the user's home.
        services.AddAuthenticationCore(authentication =>
        {
            authentication.AddScheme<ApiKeyHandler>(ApiKeyHandler.SchemeName, null);
            authentication.DefaultScheme = ApiKeyHandler.SchemeName;
        });
        services.AddTransient<ApiKeyHandler>();
        services.AddWebEncoders();
        // Whatever does not say that it is for everybody needs a key, and so does an address that
        // leads nowhere: without one, nobody learns what there is.
        services.AddAuthorizationBuilder().SetFallbackPolicy(
            new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        // Who asks is found out before what is sent is looked at; RequestBody does that.
        services.Remove(services.Single(service => service.ServiceType == typeof(MatcherPolicy)
            && service.ImplementationType?.Name == "AcceptsMatcherPolicy"));
        // Nobody says by a header where a request comes from, whatever the environment asks for.
        services.PostConfigure<ForwardedHeadersOptions>(forwarded =>
            forwarded.ForwardedHeaders = ForwardedHeaders.None);
        services.AddRateLimiter(limiter => LimitRate(limiter, options));
        services.AddRequestTimeouts(timeouts => timeouts.DefaultPolicy = new RequestTimeoutPolicy
        {
            Timeout = options.RequestTimeout,
            TimeoutStatusCode = StatusCodes.Status503ServiceUnavailable,
            WriteTimeoutResponse = context =>
                ProblemResult.WriteAsync(context, ProblemMaker.TimedOut(context.GetEndpoint())),
        });
        services.ConfigureHttpJsonOptions(json => UseWire(json.SerializerOptions));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
    }

    /// <summary>The OpenAPI document describes types as these options write them.</summary>
    private static void UseWire(System.Text.Json.JsonSerializerOptions options)
    {
        var wire = WireJson.Compact.Options;
        options.TypeInfoResolverChain.Clear();
        options.TypeInfoResolverChain.Add(WireJson.Compact);
        options.PropertyNamingPolicy = wire.PropertyNamingPolicy;
        options.DefaultIgnoreCondition = wire.DefaultIgnoreCondition;
        options.NumberHandling = wire.NumberHandling;
        foreach (var converter in wire.Converters) options.Converters.Add(converter);
    }

    private static void LimitRate(RateLimiterOptions limiter, ServeOptions options)
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            RateLimitPartition.GetTokenBucketLimiter(
                context.Features.Get<ApiKey>()?.Name
                    ?? context.Connection.RemoteIpAddress?.ToString() ?? "",
                _ => new TokenBucketRateLimiterOptions
                {
                    TokenLimit = options.RequestsPerSecond,
                    TokensPerPeriod = options.RequestsPerSecond,
                    ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                    QueueLimit = 0,
                }));
        limiter.OnRejected = async (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter =
                1.ToString(CultureInfo.InvariantCulture);
            await ProblemResult.WriteAsync(rejected.HttpContext,
                ProblemMaker.Make("too_many_requests",
                $"more than {options.RequestsPerSecond} requests in a second; "
                + "send transfers in batches"))
                .ConfigureAwait(false);
        };
    }

    private static void Use(WebApplication app, ServeOptions options)
    {
        if (options.LogRequests) app.UseMiddleware<RequestLog>();
        app.Use((context, next) =>
        {
            SecurityHeaders.Add(context.Response.Headers);
            return next(context);
        });
        app.UseMiddleware<ProblemMiddleware>();
        if (options.KeysFile is null) app.UseMiddleware<LoopbackGuard>();
        // Routing sees the path as it was sent.
        app.Use((context, next) =>
        {
            var path = RawPath.Of(context);
            if (path.StartsWith('/')) context.Request.Path = new PathString(path);
            return next(context);
        });
        app.UseRouting();
        app.UseAuthentication();
        if (options.KeysFile is not null) app.UseMiddleware<RevocationGuard>();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseRequestTimeouts();
        app.Use((context, next) =>
        {
            QueryParameters.Check(context);
            return next(context);
        });
    }

    private static void Map(WebApplication app, ServeOptions options)
    {
        app.Services.GetRequiredService<PrometheusMetrics>();
        app.MapOpenApi().AllowAnonymous();
        ConsoleEndpoints.Map(app, isWholeServer: true);
        OperatorEndpoints.Map(app);
        var (all, ledger) = new SettleApi(app.Services.GetRequiredService<LedgerHost>(),
            new InvoiceRuns(app.Lifetime))
        {
            BodyBytesMax = options.BodyBytesMax,
            Heartbeat = options.Heartbeat,
            Clock = options.Clock,
            Shows = (context, shown) => context.Features.Get<ApiKey>()?.Opens(shown.Name) == true,
        }.Map(app, "");
        PaperEndpoints.Map(ledger);
        BankStatementEndpoints.Map(ledger);
        SessionEndpoints.Map(all);
        KeyEndpoints.Map(all);
        VerificationEndpoints.Map(ledger);
        ReportEndpoints.Map(ledger);
        CheckEndpoints.Map(ledger);
        ExportEndpoints.Map(ledger);
        ((IEndpointConventionBuilder)all).Finally(LedgerAccess.Require);
    }
}
