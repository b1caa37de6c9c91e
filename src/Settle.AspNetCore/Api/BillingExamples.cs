namespace Settle.Server;

/// <summary>The examples of billing in the OpenAPI document. A test sends each of them.</summary>
internal static class BillingExamples
{
    public const string Seller =
        """
        {"id":"seller-1","party":{"name":"Werkbank Coworking GmbH","street":"Lindenstraße 5",
         "postal_code":"10969","city":"Berlin","country":"DE","vat_id":"DE123456788",
         "email":"rechnung@werkbank.example","phone":"+49 30 1234567","contact":"Ada Keller",
         "iban":"DE02120300000000202051","creditor_id":"DE98ZZZ09999999999","language":"de"},
         "zone":"Europe/Berlin","tax_rates":["19","7"],"default_tax":"19"}
        """;

    public const string ReminderRun =
        """
        {"id":"dun-2026-12","date":"2026-12-10","dry_run":false}
        """;

    public const string Customer =
        """
        {"id":"k-1","customer":"dave","party":{"name":"Dave Miller","street":"Ringbahnstraße 1",
         "postal_code":"12051","city":"Berlin","country":"DE","email":"dave@example.com"}}
        """;

    public const string CustomerBody =
        """
        {"id":"k-2","party":{"name":"Alex Park","street":"Hauptstraße 3","postal_code":"10827",
         "city":"Berlin","country":"DE"},"terms_days":30}
        """;

    public const string Charge =
        """
        {"id":"c-2","customer":"dave","amount":1000,"date":"2026-10-12",
         "description":"meeting room"}
        """;

    public const string ChargeBatch =
        """
        [{"id":"c-3","customer":"dave","quantity":"2.5","unit_price":"12.00","unit":"HUR",
          "date":"2026-10-13","description":"workshop","tax":"19"},
         {"id":"c-4","customer":"nobody","amount":500,"date":"2026-10-13",
          "description":"prints"}]
        """;

    public const string Subscription =
        """
        {"id":"s-2","subscription":"desk-dave","customer":"dave","quantity":"2",
         "unit_price":"124.50","discount":1000,"description":"Desk","every":"month",
         "start":"2026-10-16"}
        """;

    public const string Reprice =
        """
        {"id":"price-1","from":"2027-01-15","quantity":"3","unit_price":"124.50","discount":1500}
        """;

    public const string SubscriptionEnd = """{"id":"e-1","end":"2026-12-31"}""";

    public const string Run = """{"id":"2026-10","through":"2026-10-31","date":"2026-11-01"}""";

    public const string Credit =
        """
        {"id":"g-1","invoice":"2026-000001","lines":[{"line":1,"quantity":1}],
         "reason":"The heating failed"}
        """;

    public const string Datev =
        """
        {"consultant":29098,"client":55003,"chart":"04","first_debtor":20000,
         "debtors":{"dave":10042},"accounts":{"S19":4401,"bank":1810},"rates":{"USD":"1.0837"},
         "payments":true,"write_offs":true,"refunds":true}
        """;

    public const string Payment =
        """{"id":"p-1","customer":"dave","amount":1500,"reference":"2026-000001"}""";

    public const string Refund =
        """{"id":"b-1","customer":"dave","amount":100,"payment":"p-1"}""";

    public const string Debit =
        """
        {"through":"2036-10-31"}
        """;

    public const string Payout =
        """
        {"from":"2036-10-01"}
        """;

    public const string ReminderHold =
        """
        {"id":"rh-1","invoice":"2026-000001","reason":"says that the desk was not there"}
        """;

    public const string Quote =
        """
        {"id":"q-1","customer":"dave","date":"2026-11-02","valid_until":"2036-11-30",
         "lines":[{"description":"Workshop","quantity":2,"unit":"DAY","unit_price":450}],
         "note":"Thank you for asking us."}
        """;

    public const string QuoteAccepted = """{"id":"qa-1"}""";

    public const string QuoteDeclined = """{"id":"qa-2","reason":"has found somebody else"}""";

    public const string SepaCancel =
        """
        {"id":"n-1"}
        """;

    public const string Opening =
        """
        {"number":"RE-4711","customer":"dave","date":"2026-09-30","due":"2026-10-14",
         "amount":11900,"open":5000}
        """;

    public const string Chargeback = """{"id":"b-2","payment":"p-1","fee":300}""";

    public const string BankStatement =
        """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><Stmt>
         <Id>2026-11</Id><Acct><Id><IBAN>DE02120300000000202051</IBAN></Id></Acct>
         <Ntry><Amt Ccy="USD">11.90</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>
          <BookgDt><Dt>2026-11-05</Dt></BookgDt><AcctSvcrRef>R-1</AcctSvcrRef>
          <NtryDtls><TxDtls><RltdPties><Dbtr><Nm>Dave Miller</Nm></Dbtr></RltdPties>
           <RmtInf><Ustrd>Invoice 2026-000001</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
        </Stmt></BkToCstmrStmt></Document>
        """;

    public const string ElectronicInvoice =
        """
        <Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
         xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
         xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
         <cbc:CustomizationID>urn:cen.eu:en16931:2017</cbc:CustomizationID>
         <cbc:ID>2026-000001</cbc:ID><cbc:IssueDate>2026-11-01</cbc:IssueDate>
        </Invoice>
        """;
}
