using System.Text;
using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

/// <summary>A ledger with invoices, and runs of its outbox.</summary>
internal sealed class MailRun : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public string Bank => _folder.File("bank.db");

    /// <summary>How far the clock of the next run is ahead.</summary>
    public TimeSpan Later { get; set; }

    /// <summary>What is in the environment of the next run.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    public static async Task<MailRun> WithInvoicesAsync(params string[] customers)
    {
        var run = new MailRun();
        await using var ledger = await Settle.Ledger.OpenAsync(run.Bank);
        await Server.BillingServerFixture.InvoiceAsync(
            ledger, [.. customers.Select(customer => (customer, 1000L))]);
        return run;
    }

    /// <summary>Writes a file.</summary>
    public string File(string name, string text)
    {
        var path = _folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Gives a customer another address, or another language.</summary>
    public async Task ChangeAsync(string customer, string? email, string? language = null)
    {
        await using var ledger = await Settle.Ledger.OpenAsync(Bank);
        await ledger.Billing.PutCustomerAsync(new CustomerRequest
        {
            Id = Guid.NewGuid().ToString(),
            Customer = customer,
            Party = new Party { Name = customer, Country = "DE", Email = email, Language = language },
        });
    }

    /// <summary>Sends to a server without TLS.</summary>
    public Task<CommandRun> SendAsync(MailServer server, params string[] words) =>
        OutboxAsync(["send", "--smtp", Plain(server), "--no-tls", .. words]);

    public static string Plain(MailServer server) => $"smtp://localhost:{server.Port}";

    /// <summary>What the outbox says, done or not.</summary>
    public async Task<string> ListAsync() => (await OutboxAsync("list", "--all", "--json")).Output;

    public async Task<CommandRun> OutboxAsync(params string[] words)
    {
        var output = new MemoryStream();
        using var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true);
        using var error = new StringWriter();
        var status = await CommandLine.RunAsync(["outbox", .. words, "--ledger", Bank], new CliContext
        {
            OutputStream = output,
            Output = writer,
            Error = error,
            OpenInput = () => Stream.Null,
            Environment = name => Environment.GetValueOrDefault(name),
            Time = new LaterClock(Later),
        }, TestContext.Current.CancellationToken);
        await writer.FlushAsync();
        return new CommandRun(status, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    public void Dispose() => _folder.Dispose();

    private sealed class LaterClock(TimeSpan later) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + later;
    }
}
