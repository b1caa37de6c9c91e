namespace Settle.Http;

/// <content>Batches of charges, invoices and payments.</content>
internal sealed partial class HttpBilling
{
    private const string DayFormat = "yyyy-MM-dd";

    public async Task<Verdict[]> ChargeBatchAsync(ReadOnlyMemory<ChargeRequest> requests,
        CancellationToken cancellationToken = default)
    {
        if (requests.IsEmpty) return [];
        if (requests.Length > Limits.BatchMax)
        {
            throw new HttpAnswerException("too_large",
                $"a batch over HTTP has at most {Limits.BatchMax} charges; "
                + "send the rest in another one");
        }
        var sent = requests.ToArray();
        for (var i = 0; i < sent.Length; i++)
        {
            if (sent[i] is null) throw new InvalidRequestException($"[{i}]", "is missing");
            WireTexts.CheckAll($"[{i}].", sent[i], WireJson.Compact.ChargeRequest);
            try
            {
                sent[i] = await InMinorAsync(sent[i], cancellationToken).ConfigureAwait(false);
            }
            catch (InvalidRequestException e)
            {
                throw e.Within($"[{i}]");
            }
            if (sent[i].Id is null) sent[i] = sent[i] with { Id = FreshIds.Next() };
        }
        var verdicts = new Verdict[sent.Length];
        try
        {
            using var reply = await ledger.SendAsync(HttpMethod.Post, "/charges/batch", sent[0].Id!,
                JsonSerializer.SerializeToUtf8Bytes(sent, WireJson.Compact.ChargeRequestArray),
                null, cancellationToken).ConfigureAwait(false);
            HttpLedger.Parse(reply, body =>
            {
                BatchWire.ReadVerdicts(body, verdicts, ledger.AmountOf);
                return true;
            });
        }
        catch (OutcomeUnknownException e)
        {
            throw new OutcomeUnknownException(sent[0].Id!,
                "no answer came before the deadline; whether any of the batch's "
                + $"{sent.Length} charges was decided is unknown: send the whole batch again, "
                + "each with its id", e)
            {
                Ids = Array.ConvertAll(sent, request => request.Id!),
            };
        }
        for (var i = 0; i < verdicts.Length; i++)
            if (requests.Span[i].Id is null) verdicts[i] = verdicts[i] with { Replayed = false };
        return verdicts;
    }

    /// <summary>Nothing is reported of its progress; a server does not tell.</summary>
    public Task<InvoiceRun> InvoiceAsync(InvoiceRunRequest request,
        IProgress<WorkProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var id = request.Id ?? FreshIds.Next();
        return WriteAsync(HttpMethod.Post, "/invoice-runs", id, request with { Id = id },
            WireJson.Compact.InvoiceRunRequest, WireJson.Compact.InvoiceRun, cancellationToken,
            ledger.Options.RunDeadline);
    }

    public Task<Page<InvoiceRunSummary>> ListInvoiceRunsAsync(PageQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync("/invoice-runs" + new QueryWriter().Add("limit", query.Limit)
            .Add("after", query.After), WireJson.Compact.PageInvoiceRunSummary, cancellationToken);
    }

    public Task<Invoice?> GetInvoiceAsync(string number,
        CancellationToken cancellationToken = default) =>
        ledger.FindAsync($"/invoices/{Segment("number", number)}", WireJson.Compact.Invoice,
            cancellationToken);

    public Task<Overview> GetOverviewAsync(string? asset = null,
        CancellationToken cancellationToken = default) =>
        ledger.ReadAsync("/overview" + new QueryWriter().Add("asset", asset),
            WireJson.Compact.Overview, cancellationToken);

    public Task<Page<InvoiceSummary>> ListInvoicesAsync(InvoiceQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync("/invoices" + new QueryWriter()
            .Add("customer", query.Customer)
            .Add("status", query.Status is { } status
                ? Words<InvoiceStatus>.Of("status", status) : null)
            .Add("overdue", query.Overdue ? "true" : null)
            .Add("from", query.From)
            .Add("to", query.To)
            .Add("newest_first", query.NewestFirst ? "true" : null)
            .Add("limit", query.Limit)
            .Add("after", query.After), WireJson.Compact.PageInvoiceSummary, cancellationToken);
    }

    public async Task<Invoice> CreditAsync(CreditRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Money? amount = request.Amount is not { } part ? null
            : await InMinorAsync("amount", part, null, null, request.Invoice, cancellationToken)
                .ConfigureAwait(false);
        return await WriteAsync(HttpMethod.Post, "/credit-notes", request.Id,
            id => request with { Id = id, Amount = amount },
            WireJson.Compact.CreditRequest, WireJson.Compact.Invoice,
            note => note with { Replayed = false }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Payment> PayAsync(PaymentRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var amount = await InMinorAsync("amount", request.Amount, request.Asset, request.Customer,
            request.Invoice, cancellationToken).ConfigureAwait(false);
        return await WriteAsync(HttpMethod.Post, "/payments", request.Id,
            id => request with { Id = id, Amount = amount, Asset = amount.Asset },
            WireJson.Compact.PaymentRequest, WireJson.Compact.Payment,
            payment => payment with { Replayed = false }, cancellationToken).ConfigureAwait(false);
    }

    public Task<Page<Payment>> ListPaymentsAsync(PaymentQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync(
            "/payments" + QueryOf(query), WireJson.Compact.PagePayment, cancellationToken);
    }

    public Task<Payment?> GetPaymentAsync(string id,
        CancellationToken cancellationToken = default) =>
        ledger.FindAsync($"/payments/{Segment("id", id)}", WireJson.Compact.Payment,
            cancellationToken);

    public async Task<OpeningInvoice> BringInvoiceAsync(OpeningInvoiceRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var amount = await InMinorAsync("amount", request.Amount, request.Asset, request.Customer,
            null, cancellationToken).ConfigureAwait(false);
        Money? open = request.Open is not { } part ? null : await InMinorAsync("open", part,
            request.Asset ?? amount.Asset, request.Customer, null, cancellationToken)
            .ConfigureAwait(false);
        return await WriteAsync(HttpMethod.Post, "/opening-invoices",
            OpeningInvoiceRequest.IdOf(request),
            id => request with { Id = id, Amount = amount, Open = open, Asset = amount.Asset },
            WireJson.Compact.OpeningInvoiceRequest, WireJson.Compact.OpeningInvoice,
            brought => brought with { Replayed = false }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Refund> RefundAsync(RefundRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asset = request.Asset
            ?? await AssetOfPaymentAsync(request.Payment, cancellationToken).ConfigureAwait(false);
        var amount = await InMinorAsync("amount", request.Amount, asset, request.Customer, null,
            cancellationToken).ConfigureAwait(false);
        return await WriteAsync(HttpMethod.Post, "/refunds", request.Id,
            id => request with { Id = id, Amount = amount, Asset = amount.Asset },
            WireJson.Compact.RefundRequest, WireJson.Compact.Refund,
            refund => refund with { Replayed = false }, cancellationToken).ConfigureAwait(false);
    }

    public async Task<Chargeback> ChargebackAsync(ChargebackRequest request,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var asset = await AssetOfPaymentAsync(request.Payment, cancellationToken)
            .ConfigureAwait(false);
        Money? amount = request.Amount is not { } part ? null : await InMinorAsync(
            "amount", part, asset, null, null, cancellationToken).ConfigureAwait(false);
        Money? fee = request.Fee is not { } asked ? null : await InMinorAsync(
            "fee", asked, asset, null, null, cancellationToken).ConfigureAwait(false);
        return await WriteAsync(HttpMethod.Post, "/chargebacks", request.Id,
            id => request with { Id = id, Amount = amount, Fee = fee },
            WireJson.Compact.ChargebackRequest, WireJson.Compact.Chargeback,
            taken => taken with { Replayed = false }, cancellationToken).ConfigureAwait(false);
    }

    public Task<Page<Refund>> ListRefundsAsync(PaymentQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync(
            "/refunds" + QueryOf(query), WireJson.Compact.PageRefund, cancellationToken);
    }

    public Task<Refund?> GetRefundAsync(string id,
        CancellationToken cancellationToken = default) =>
        ledger.FindAsync($"/refunds/{Segment("id", id)}", WireJson.Compact.Refund,
            cancellationToken);

    public Task<Page<Chargeback>> ListChargebacksAsync(PaymentQuery query,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ledger.ReadAsync(
            "/chargebacks" + QueryOf(query), WireJson.Compact.PageChargeback, cancellationToken);
    }

    public Task<Chargeback?> GetChargebackAsync(string id,
        CancellationToken cancellationToken = default) =>
        ledger.FindAsync($"/chargebacks/{Segment("id", id)}", WireJson.Compact.Chargeback,
            cancellationToken);

    private static QueryWriter QueryOf(PaymentQuery query) => new QueryWriter()
        .Add("customer", query.Customer)
        .Add("from", Text(query.From))
        .Add("to", Text(query.To))
        .Add("limit", query.Limit)
        .Add("after", query.After);

    private async ValueTask<string?> AssetOfPaymentAsync(
        string? payment, CancellationToken cancellationToken) => payment is null ? null
        : (await GetPaymentAsync(payment, cancellationToken).ConfigureAwait(false))?.Asset;

    public Task<Statement?> GetStatementAsync(string customer, string? asset = null,
        DateOnly? from = null, DateOnly? to = null,
            CancellationToken cancellationToken = default) =>
        ledger.FindAsync($"/customers/{Segment("customer", customer)}/statement" + new QueryWriter()
            .Add("asset", asset)
            .Add("from", Text(from))
            .Add("to", Text(to)), WireJson.Compact.Statement, cancellationToken);

    private static string? Text(DateOnly? day) =>
        day?.ToString(DayFormat, CultureInfo.InvariantCulture);
}
