namespace Settle.Cli.Commands;

internal sealed class CustomerCommand : BillingCommand
{
    private readonly Argument<string?> _customer = new("CUSTOMER")
    {
        Description = "The customer's id; without one all are listed",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly PartyOptions _party;

    private readonly Option<string> _zone = Typed.Text("--zone", "ZONE",
        "The time zone: Europe/Berlin [default: the seller's]");

    private readonly Option<TaxTreatment?> _treatment = Typed.Value("--treatment", "WORD",
        "standard, or a word that applies to all charges: exempt, reverse_charge, "
            + "intra_community, export, out_of_scope", Words<TaxTreatment>.Parse);

    private readonly Option<int?> _terms = Typed.Value("--terms", "DAYS",
        "How many days after its date an invoice is due [default: 14]",
        Typed.Integer(0, Limits.TermsDaysMax));

    private readonly Option<string[]> _discounts = CashDiscountOption.Make(
        "2/10: 2 percent less within 10 days; may be repeated; none for no discount, seller for "
            + "the seller's [default: the seller's]");

    private readonly Option<bool?> _noReminders = new("--no-reminders")
    {
        Description = "It gets no reminders, perhaps because of a dispute; false ends it",
        HelpName = "true|false",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _asset = Typed.Asset(
        "The asset of charges that name none [default: the ledger's]");

    private readonly Option<bool> _erase = new("--erase")
    {
        Description = "Erase name and address for ever; issued invoices keep their copy",
    };

    private readonly Option<string> _id = Typed.Id();

    public CustomerCommand(CliContext context)
        : base(context, "customer",
            "Lists customers, shows one, or creates one. Options you leave out keep their values.",
            "settle customer dave --name \"Dave Miller\" --street \"Ringstr. 1\" "
                + "--postal-code 12051 --city Berlin --country DE --email dave@example.com",
            "settle customer dave --terms 30", "settle customer", "settle customer dave --erase")
    {
        Add(_customer);
        _party = new PartyOptions(this);
        Add(_zone);
        Add(_treatment);
        Add(_terms);
        Add(_discounts);
        Add(_noReminders);
        Add(_asset);
        Add(_erase);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_customer) is null && (IsChangedBy(words) || words.GetValue(_erase)))
            throw new UsageException("CUSTOMER is missing");
        if (words.GetValue(_erase) && IsChangedBy(words))
            throw new UsageException("--erase cannot be combined with other options");
        if (words.GetValue(_customer) is not null && WantsCsv(words))
            throw new UsageException("--csv can only be used with the list of all customers");
    }

    protected override bool HasTable => true;

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        var billing = ledger.Billing;
        if (words.GetValue(_customer) is not { } id)
            return await ListAsync(words, billing, cancellation);
        if (words.GetValue(_erase))
        {
            var erased = await billing.EraseCustomerAsync(id, cancellation);
            WriteResult(words, erased, WireJson.Compact.Customer, customer =>
                $"erased: the name and address of {customer.Id}");
            return ExitStatus.Done;
        }
        var known = await billing.GetCustomerAsync(id, cancellation);
        if (IsChangedBy(words))
            known = await billing.PutCustomerAsync(Change(words, id, known), cancellation);
        WriteResult(words, known ?? throw new NotFoundException($"there is no customer '{id}'"),
            WireJson.Compact.Customer, Line);
        return ExitStatus.Done;
    }

    private CustomerRequest Change(ParseResult words, string id, Customer? known)
    {
        var plain = new CustomerRequest { Customer = id, Party = _party.In(words, known?.Party) };
        return plain with
        {
            Id = words.GetValue(_id),
            Zone = words.GetValue(_zone) ?? known?.Zone,
            Treatment = words.GetValue(_treatment) ?? known?.Treatment,
            TermsDays = words.GetValue(_terms) ?? known?.TermsDays ?? plain.TermsDays,
            CashDiscounts = CashDiscountOption.Read(
                words.GetValue(_discounts), known?.CashDiscounts),
            // Without a value it means true.
            NoReminders = words.GetResult(_noReminders) is null ? known?.NoReminders ?? false
                : words.GetValue(_noReminders) ?? true,
            Asset = words.GetValue(_asset) ?? known?.Asset,
        };
    }

    private async Task<int> ListAsync(ParseResult words, IBilling billing,
        CancellationToken cancellation)
    {
        var customers = await billing.AllCustomersAsync(cancellation)
            .ToListAsync(cancellation);
        WriteList(words, customers, WireJson.Compact.Customer,
            ["Customer", "Name", "City", "Country", "Treatment", "Terms>", "Asset"],
            customer => [customer.Id, customer.Party?.Name ?? "(erased)",
                customer.Party?.City ?? "", customer.Country,
                Words<TaxTreatment>.Of(customer.Treatment),
                DecimalJsonConverter.ToText(customer.TermsDays), customer.Asset]);
        return ExitStatus.Done;
    }

    private bool IsChangedBy(ParseResult words) =>
        _party.AnyIn(words) || words.GetValue(_terms) is not null
        || words.GetValue(_discounts) is { Length: > 0 }
        || words.GetResult(_noReminders) is not null
        || words.GetValue(_treatment) is not null
        || new[] { _zone, _asset }.Any(o => words.GetValue(o) is not null);

    private static string Line(Customer customer) =>
        Known($"customer: {customer.Id}", customer.Replayed)
        + $", {Tables.OneLine(customer.Party?.Name ?? "(erased)")}, {customer.Country}, "
        + $"{Words<TaxTreatment>.Of(customer.Treatment)}, due after {customer.TermsDays} days, "
        + (customer.NoReminders ? "no reminders, " : "")
        + (customer.CashDiscounts is not { } discounts ? ""
            : $"cash discount {CashDiscountOption.Text(discounts)}, ")
        + $"{customer.Asset}, "
        + $"{customer.Zone}";
}
