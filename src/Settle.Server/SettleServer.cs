using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Settle.Server;

/// <summary>
/// A running server. Dispose stops it: what is under way ends first, the ledgers close last.
/// </summary>
public sealed partial class SettleServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Task _opening;
    private readonly Lazy<Task> _closing;

    private SettleServer(WebApplication app, CancellationToken cancellation)
    {
        _app = app;
        _closing = new Lazy<Task>(CloseAsync);
        Addresses = [.. app.Services.GetRequiredService<IServer>().Features
            .Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address))];
        _opening = OpenAsync(cancellation);
    }

    /// <summary>Where it listens, with the port that it got.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    /// <summary>Completes when every ledger is open; fails when one cannot be opened.</summary>
    public Task Ready => _opening;

    internal IServiceProvider Services => _app.Services;

    /// <summary>Starts listening, then opens the ledgers.</summary>
    /// <exception cref="InvalidRequestException">
    /// The address is malformed or in use, the keys cannot be read, or there are none and the
    /// address is not this machine's own.
    /// </exception>
    public static async Task<SettleServer> StartAsync(ServeOptions options,
        CancellationToken cancellation = default)
    {
        var app = WebApp.Build(options);
        try
        {
            await app.StartAsync(cancellation).ConfigureAwait(false);
            return new SettleServer(app, cancellation);
        }
        catch (Exception e)
        {
            await app.DisposeAsync().ConfigureAwait(false);
            if (e is not IOException) throw;
            var reason = e.InnerException is AddressInUseException
                ? "another program listens there; choose another port" : e.Message;
            throw new InvalidRequestException("listen",
                $"cannot listen on {options.Listen}: {reason}");
        }
    }

    /// <summary>Serves until it is cancelled or told to stop by a signal.</summary>
    /// <param name="options">What to serve.</param>
    /// <param name="ready">Told when every ledger is open.</param>
    /// <param name="cancellation">Stops it cleanly.</param>
    public static async Task RunAsync(ServeOptions options, Action<SettleServer>? ready = null,
        CancellationToken cancellation = default)
    {
        var server = await StartAsync(options, cancellation).ConfigureAwait(false);
        await using (server.ConfigureAwait(false))
        {
            // When its terminal goes away it ends as with Ctrl-C, and not without a word.
            using var hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, server.StopOn);
            using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, server.StopOn);
            try
            {
                await server.Ready.ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return; // Told to stop before the ledgers were open.
            }
            ready?.Invoke(server);
            await server._app.WaitForShutdownAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Stops listening and waits for what is under way.</summary>
    public Task StopAsync(CancellationToken cancellation = default) => _app.StopAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(_closing.Value);

    private async Task CloseAsync()
    {
        await _app.StopAsync().ConfigureAwait(false);
        await _opening.ContinueWith(static _ => { }, CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default)
                .ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
    }

    private void StopOn(PosixSignalContext context)
    {
        context.Cancel = true;
        LogStopping(_app.Services.GetRequiredService<ILogger<SettleServer>>(), context.Signal);
        _app.Lifetime.StopApplication();
    }

    [LoggerMessage(LogLevel.Information, "Stopping, as told by {Signal}")]
    private static partial void LogStopping(ILogger logger, PosixSignal signal);

    private async Task OpenAsync(CancellationToken cancellation)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            cancellation, _app.Lifetime.ApplicationStopping);
        await _app.Services.GetRequiredService<LedgerHost>().OpenAllAsync(ending.Token)
            .ConfigureAwait(false);
    }
}
