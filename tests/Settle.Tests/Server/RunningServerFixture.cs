using Xunit;

namespace Settle.Tests.Server;

/// <summary>One server for all tests of a class; they leave nothing behind that others mind.</summary>
public sealed class RunningServerFixture : IAsyncLifetime
{
    internal RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();
}
