using Settle.Server;

namespace Settle.Cli.Commands;

internal sealed class SellerCommand : BillingCommand
{
    private readonly PartyOptions _party;

    private readonly Option<string> _zone = Typed.Text("--zone", "ZONE",
        "The time zone: Europe/Berlin [default: UTC]");

    private readonly Option<string[]> _rates = new("--tax-rate")
    {
        Description = "A tax rate in percent; may be repeated, and replaces all of them",
        HelpName = "PERCENT",
    };

    private readonly Option<string> _defaultTax = Typed.Text("--default-tax", "TAX",
        "The tax of charges that name none: a rate, or a word such as exempt");

    private readonly Option<bool?> _small = new("--small-business")
    {
        Description = "A small business without VAT (section 19 of the German UStG and the like); "
            + "false ends it",
        HelpName = "true|false",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _exemption = Typed.Text("--exemption", "TEXT",
        "Why what is exempt has no tax, as invoices say it; a charge can have its own");

    private readonly Option<string> _exemptionCode = Typed.Text("--exemption-code", "CODE",
        "The same as a code of VATEX: VATEX-EU-132-1I");

    private readonly Option<string> _taxCurrency = Typed.Text("--tax-currency", "CODE",
        "The currency that the tax office wants the tax in [default: by the country]");

    private readonly Option<string> _series = new("--series")
    {
        Description = "What stands before an invoice's number; {year} is that of its date",
        HelpName = "TEXT",
    };

    private readonly Option<string[]> _firstNumbers = new("--first-number")
    {
        Description = "The number that a series begins with, before it has given any: "
            + "2026-001043, C2026-000087 for credit notes, or Q2026-000031 for quotes; may be "
            + "repeated",
        HelpName = "NUMBER",
    };

    private readonly Option<string[]> _discounts = CashDiscountOption.Make(
        "2/10: customers may deduct 2 percent within 10 days; may be repeated; none ends it");

    private readonly DunningOptions _dunning;

    private readonly Option<string> _logo = Typed.Text("--logo", "FILE",
        "A picture for the letterhead, PNG or JPEG");

    private readonly Option<string> _file = Typed.Text("--file", "FILE",
        "All of it as JSON, as the API takes it");

    private readonly Option<string> _id = Typed.Id();

    public SellerCommand(CliContext context)
        : base(context, "seller",
            "Shows or sets who sends the invoices. Options you leave out keep their values.",
            "settle seller --name \"Werkbank GmbH\" --street \"Lindenstr. 5\" --postal-code 10969 "
                + "--city Berlin --country DE --vat-id DE123456788 --zone Europe/Berlin "
                + "--tax-rate 19 --tax-rate 7 --default-tax 19",
            "settle seller --first-number 2026-001043 --first-number C2026-000087",
            "settle seller --logo logo.png", "settle seller --file seller.json", "settle seller")
    {
        _party = new PartyOptions(this);
        Add(_zone);
        Add(_rates);
        Add(_defaultTax);
        Add(_small);
        Add(_exemption);
        Add(_exemptionCode);
        Add(_taxCurrency);
        Add(_series);
        Add(_firstNumbers);
        Add(_discounts);
        _dunning = new DunningOptions(this);
        Add(_logo);
        Add(_file);
        Add(_id);
    }

    protected override bool Writes => true;

    protected override void CheckWords(ParseResult words)
    {
        if (words.GetValue(_file) is not null && IsChangedBy(words))
            throw new UsageException("--file cannot be combined with other options");
    }

    protected override async Task<int> RunAsync(ParseResult words, ILedger ledger,
        CancellationToken cancellation)
    {
        if (words.GetValue(_file) is { } file)
        {
            var given = Bodies.Read<SellerRequest>(
                await InputFile.ReadAsync("file", file, cancellation));
            given = given with { Id = words.GetValue(_id) ?? given.Id };
            WriteResult(words, await ledger.Billing.PutSellerAsync(given, cancellation),
                WireJson.Compact.Seller, Line);
            return ExitStatus.Done;
        }
        var known = await ledger.Billing.GetSellerAsync(cancellation);
        if (!IsChangedBy(words))
        {
            var seller = known ?? throw new NotFoundException(
                "no seller has been set; set one with --name, "
                + "--country and more, see 'settle seller --help'");
            WriteResult(words, seller, WireJson.Compact.Seller, Line);
            return ExitStatus.Done;
        }
        var party = WithTax(words, _party.In(words, known?.Party));
        if (words.GetValue(_logo) is { } path)
            party = party with { Logo = await InputFile.ReadAsync("logo", path, cancellation) };
        // A seller that becomes a small business no longer has rates.
        var isSmallNow = party.SmallBusiness && known?.Party.SmallBusiness is not true;
        var plain = new SellerRequest { Party = party };
        var set = await ledger.Billing.PutSellerAsync(plain with
        {
            Id = words.GetValue(_id),
            Zone = words.GetValue(_zone) ?? known?.Zone ?? plain.Zone,
            TaxRates = words.GetValue(_rates) is { Length: > 0 } rates ? rates
                : isSmallNow ? [] : known?.TaxRates ?? plain.TaxRates,
            DefaultTax = words.GetValue(_defaultTax) ?? (isSmallNow ? null : known?.DefaultTax),
            Series = words.GetValue(_series) ?? known?.Series ?? plain.Series,
            FirstNumbers = words.GetValue(_firstNumbers) is { Length: > 0 } first
                ? first : words.GetValue(_series) is null ? known?.FirstNumbers : null,
            Dunning = !_dunning.AnyIn(words) ? known?.Dunning : _dunning.In(words, known?.Dunning,
                (await ledger.GetInfoAsync(cancellation)).Assets is [{ } asset, ..]
                    ? asset.Scale : 2),
            CashDiscounts = CashDiscountOption.Read(
                words.GetValue(_discounts), known?.CashDiscounts),
        }, cancellation);
        WriteResult(words, set, WireJson.Compact.Seller, Line);
        return ExitStatus.Done;
    }

    private Party WithTax(ParseResult words, Party party) => party with
    {
        // Without a value it means true.
        SmallBusiness = words.GetResult(_small) is null ? party.SmallBusiness
            : words.GetValue(_small) ?? true,
        Exemption = Changed(words, _exemption, party.Exemption),
        ExemptionCode = Changed(words, _exemptionCode, party.ExemptionCode),
        TaxCurrency = Changed(words, _taxCurrency, party.TaxCurrency),
    };

    // An empty word takes it away.
    private static string? Changed(ParseResult words, Option<string> option, string? known) =>
        words.GetValue(option) is not { } typed ? known : typed.Length == 0 ? null : typed;

    private bool IsChangedBy(ParseResult words) =>
        _party.AnyIn(words) || words.GetValue(_rates) is { Length: > 0 }
        || words.GetValue(_firstNumbers) is { Length: > 0 }
        || words.GetValue(_discounts) is { Length: > 0 } || _dunning.AnyIn(words)
        || words.GetResult(_small) is not null
        || new[] { _zone, _defaultTax, _series, _logo, _exemption, _exemptionCode, _taxCurrency }
            .Any(o => words.GetValue(o) is not null);

    private static string Line(Seller seller) =>
        $"seller: {Tables.OneLine(seller.Party.Name)}, {seller.Party.Country}, {seller.Zone}, "
        + (seller.Party.SmallBusiness ? "small business, " : "")
        + (seller.TaxRates.Count == 0 ? "no tax rates "
            : $"taxes {string.Join(", ", seller.TaxRates)} ")
        + $"(default {seller.DefaultTax ?? "none"}), series {seller.Series}"
        + (seller.FirstNumbers is { } first ? $" from {string.Join(", ", first)}" : "")
        + (seller.Dunning is { } dunning ? ", reminders after "
            + string.Join(", ", dunning.Levels.Select(level => string.Create(
                CultureInfo.InvariantCulture, $"{level.Days}")
                + (level.Fee is { } fee ? $" ({fee.Digits})" : ""))) + " days" : "")
        + (seller.CashDiscounts is { } discounts
            ? $", cash discount {CashDiscountOption.Text(discounts)}" : "");
}
