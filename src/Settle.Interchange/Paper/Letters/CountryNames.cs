namespace Settle.Paper.Letters;

/// <summary>Names of countries as they end an address abroad.</summary>
internal static class CountryNames
{
    private const string English =
        "AD Andorra;AE United Arab Emirates;AL Albania;AR Argentina;AT Austria;AU"
        + " Australia;BA Bosnia and Herzegovina;BE Belgium;BG Bulgaria;BR Brazil;BY Belarus;CA"
        + " Canada;CH Switzerland;CL Chile;CN China;CO Colombia;CY Cyprus;CZ Czechia;DE"
        + " Germany;DK Denmark;EE Estonia;EG Egypt;ES Spain;FI Finland;FR France;GB United"
        + " Kingdom;GE Georgia;GR Greece;HK Hong Kong;HR Croatia;HU Hungary;ID Indonesia;IE"
        + " Ireland;IL Israel;IN India;IS Iceland;IT Italy;JP Japan;KE Kenya;KR South Korea;LI"
        + " Liechtenstein;LT Lithuania;LU Luxembourg;LV Latvia;MA Morocco;MC Monaco;MD"
        + " Moldova;ME Montenegro;MK North Macedonia;MT Malta;MX Mexico;MY Malaysia;NG"
        + " Nigeria;NL Netherlands;NO Norway;NZ New Zealand;PE Peru;PH Philippines;PL Poland;PT"
        + " Portugal;RO Romania;RS Serbia;SA Saudi Arabia;SE Sweden;SG Singapore;SI Slovenia;SK"
        + " Slovakia;SM San Marino;TH Thailand;TN Tunisia;TR Türkiye;TW Taiwan;UA Ukraine;US"
        + " United States;UY Uruguay;VA Vatican City;VN Vietnam;XI Northern Ireland;ZA South"
        + " Africa";

    private const string German =
        "AD Andorra;AE Vereinigte Arabische Emirate;AL Albanien;AR Argentinien;AT"
        + " Österreich;AU Australien;BA Bosnien und Herzegowina;BE Belgien;BG Bulgarien;BR"
        + " Brasilien;BY Belarus;CA Kanada;CH Schweiz;CL Chile;CN China;CO Kolumbien;CY"
        + " Zypern;CZ Tschechien;DE Deutschland;DK Dänemark;EE Estland;EG Ägypten;ES Spanien;FI"
        + " Finnland;FR Frankreich;GB Vereinigtes Königreich;GE Georgien;GR Griechenland;HK"
        + " Hongkong;HR Kroatien;HU Ungarn;ID Indonesien;IE Irland;IL Israel;IN Indien;IS"
        + " Island;IT Italien;JP Japan;KE Kenia;KR Südkorea;LI Liechtenstein;LT Litauen;LU"
        + " Luxemburg;LV Lettland;MA Marokko;MC Monaco;MD Moldau;ME Montenegro;MK"
        + " Nordmazedonien;MT Malta;MX Mexiko;MY Malaysia;NG Nigeria;NL Niederlande;NO"
        + " Norwegen;NZ Neuseeland;PE Peru;PH Philippinen;PL Polen;PT Portugal;RO Rumänien;RS"
        + " Serbien;SA Saudi-Arabien;SE Schweden;SG Singapur;SI Slowenien;SK Slowakei;SM San"
        + " Marino;TH Thailand;TN Tunesien;TR Türkei;TW Taiwan;UA Ukraine;US Vereinigte"
        + " Staaten;UY Uruguay;VA Vatikanstadt;VN Vietnam;XI Nordirland;ZA Südafrika";

    private static readonly Dictionary<string, string> EnglishNames = Load(English);
    private static readonly Dictionary<string, string> GermanNames = Load(German);

    /// <summary>The name of a country; its code where the list has none.</summary>
    public static string Of(string code, bool isGerman) =>
        (isGerman ? GermanNames : EnglishNames).GetValueOrDefault(code, code);

    private static Dictionary<string, string> Load(string names) => names.Split(';')
        .ToDictionary(name => name[..2], name => name[3..], StringComparer.Ordinal);
}
