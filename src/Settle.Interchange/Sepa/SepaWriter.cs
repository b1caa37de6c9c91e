using System.Xml;
using Settle.Billing.Rules;
using Settle.Paper.Xml;

namespace Settle.Sepa;

/// <summary>
/// Writes an order as a message of ISO 20022 as the rules of SEPA want it: pain.008.001.08 for
/// direct debits, pain.001.001.09 for credit transfers.
/// </summary>
internal sealed class SepaWriter
{
    private const string Schemas = "urn:iso:std:iso:20022:tech:xsd:";
    private const string NotProvided = "NOTPROVIDED";

    private readonly XmlWriter _xml;
    private readonly SepaOrder _order;
    private readonly bool _isDebit;

    private SepaWriter(XmlWriter xml, SepaOrder order)
    {
        (_xml, _order, _isDebit) = (xml, order, order.Type == SepaOrderType.Debit);
    }

    public static byte[] Write(SepaOrder order)
    {
        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, XmlStyle.Settings))
            new SepaWriter(xml, order).Write();
        return output.ToArray();
    }

    private void Write()
    {
        _xml.WriteStartDocument();
        _xml.WriteStartElement(
            null, "Document", Schemas + (_isDebit ? "pain.008.001.08" : "pain.001.001.09"));
        Group(_isDebit ? "CstmrDrctDbtInitn" : "CstmrCdtTrfInitn", () =>
        {
            Group("GrpHdr", () =>
            {
                Value("MsgId", _order.MessageId);
                Value("CreDtTm", _order.Made.UtcDateTime.ToString(
                    "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                Sums(_order.Items);
                Group("InitgPty", () => Name(_order.Seller));
            });
            foreach (var part in SepaPart.Of(_order)) Group("PmtInf", () => Payments(part));
        });
        _xml.WriteEndDocument();
    }

    private void Payments(SepaPart part)
    {
        var seller = _order.Seller;
        Value("PmtInfId", part.Id);
        Value("PmtMtd", _isDebit ? "DD" : "TRF");
        // Each has a line of its own at the bank, with its reference.
        Value("BtchBookg", "false");
        Sums(part.Items);
        Group("PmtTpInf", () =>
        {
            Group("SvcLvl", () => Value("Cd", "SEPA"));
            if (!_isDebit) return;
            Group("LclInstrm", () => Value("Cd", part.Scheme));
            Value("SeqTp", part.Sequence);
        });
        var day = _order.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (_isDebit) Value("ReqdColltnDt", day);
        else Group("ReqdExctnDt", () => Value("Dt", day));
        var role = _isDebit ? "Cdtr" : "Dbtr";
        Group(role, () => Party(seller));
        Group(role + "Acct", () => Account(seller));
        Group(role + "Agt", () => Agent(seller.Bic));
        Value("ChrgBr", "SLEV");
        if (_isDebit)
        {
            Group("CdtrSchmeId", () => Group("Id", () => Group("PrvtId", () => Group("Othr", () =>
            {
                Value("Id", seller.CreditorId);
                Group("SchmeNm", () => Value("Prtry", "SEPA"));
            }))));
        }
        foreach (var item in part.Items)
        {
            if (_isDebit) Group("DrctDbtTxInf", () => Debit(item, item.Party!));
            else Group("CdtTrfTxInf", () => Transfer(item, item.Party!));
        }
    }

    private void Debit(SepaItem item, Party debtor)
    {
        Group("PmtId", () => Value("EndToEndId", item.EndToEndId));
        Amount(item);
        Group("DrctDbtTx", () => Group("MndtRltdInf", () =>
        {
            Value("MndtId", debtor.Mandate);
            Value("DtOfSgntr",
                debtor.MandateDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        }));
        Group("DbtrAgt", () => Agent(debtor.Bic));
        Group("Dbtr", () => Party(debtor));
        Group("DbtrAcct", () => Account(debtor));
        Remittance($"{item.Number} {_order.Seller.Name}");
    }

    private void Transfer(SepaItem item, Party creditor)
    {
        Group("PmtId", () => Value("EndToEndId", item.EndToEndId));
        Group("Amt", () => Amount(item));
        if (creditor.Bic is not null) Group("CdtrAgt", () => Agent(creditor.Bic));
        Group("Cdtr", () => Party(creditor));
        Group("CdtrAcct", () => Account(creditor));
        Remittance($"{item.Number} {_order.Seller.Name}");
    }

    private void Remittance(string text) =>
        Group("RmtInf", () => Value("Ustrd", SepaText.Of(text, SepaText.RemittanceMax)));

    private void Sums(IReadOnlyCollection<SepaItem> items)
    {
        Value("NbOfTxs", items.Count.ToString(CultureInfo.InvariantCulture));
        Value("CtrlSum", Digits(items.Sum(item => item.Amount.Value)));
    }

    private void Amount(SepaItem item)
    {
        _xml.WriteStartElement("InstdAmt");
        _xml.WriteAttributeString("Ccy", item.Amount.Asset);
        _xml.WriteString(Digits(item.Amount.Value));
        _xml.WriteEndElement();
    }

    private static string Digits(decimal amount) =>
        amount.ToString("0.00", CultureInfo.InvariantCulture);

    private void Name(Party party) => Value("Nm", SepaText.Of(party.Name, SepaText.NameMax));

    // From November 2026 on, banks take no lines of an address any more, only its parts.
    private void Party(Party party)
    {
        Name(party);
        if (!SepaArea.NeedsAddress(party.Iban!)) return;
        Group("PstlAdr", () =>
        {
            Part("StrtNm", party.Street, SepaText.StreetMax);
            Part("PstCd", party.PostalCode, SepaText.PostalCodeMax);
            Part("TwnNm", party.City, SepaText.CityMax);
            Value("Ctry", party.Country);
        });
    }

    private void Part(string name, string? text, int charsMax)
    {
        if (!string.IsNullOrWhiteSpace(text)) Value(name, SepaText.Of(text, charsMax));
    }

    private void Account(Party party) =>
        Group("Id", () => Value("IBAN", party.Iban));

    private void Agent(string? bic) => Group("FinInstnId", () =>
    {
        if (bic is not null) Value("BICFI", bic);
        else Group("Othr", () => Value("Id", NotProvided));
    });

    private void Group(string name, Action content)
    {
        _xml.WriteStartElement(name);
        content();
        _xml.WriteEndElement();
    }

    private void Value(string name, string? value)
    {
        if (value is not null) _xml.WriteElementString(name, value);
    }
}
