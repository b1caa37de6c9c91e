using Settle.Cli;
using Xunit;

namespace Settle.Tests.Cli;

public sealed class ExitStatusTests
{
    public static TheoryData<Exception, int> Rows => new()
    {
        { new InsufficientFundsException("t", 1, false), 1 },
        { new IdReusedException("t", "amount", 1), 1 },
        { new NotFoundException("gone"), 1 },
        { new UnauthorizedException("forbidden", "no"), 1 },
        { new InvalidRequestException("amount", "no"), 2 },
        { new UsageException("no"), 2 },
        { new StoreUnavailableException("no"), 3 },
        { new StoreCorruptException("no"), 3 },
        { new ClockSkewException("no"), 3 },
        { new OutcomeUnknownException("t", "no"), 3 },
        { new IOException("no"), 3 },
        { new OperationCanceledException(), 130 },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Each_failure_has_its_status(Exception failure, int status) =>
        Assert.Equal(status, ExitStatus.Of(failure));
}
