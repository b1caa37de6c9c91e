namespace Settle.Cli.Sending;

/// <summary>A way to send invoices: a mail server, or the user's program.</summary>
internal interface IInvoiceSender : IAsyncDisposable
{
    /// <summary>Does all that can be done before a paper is claimed.</summary>
    /// <exception cref="InvalidRequestException">It cannot be sent as it is, such as to a wrong
    /// address. Nothing has happened.</exception>
    /// <exception cref="UnprintableException">It has no letter.</exception>
    /// <exception cref="MailServerException">Nothing can be sent now.</exception>
    Task<PreparedSending> PrepareAsync(
        OutboxPaper paper, Customer customer, CancellationToken cancellation);
}
