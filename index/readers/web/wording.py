"""What pages say around their articles, in the languages of Western Europe."""

import re


def _one_of(*phrases: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{phrase})" for phrase in phrases), re.IGNORECASE)


COMMENTS_HEADING = _one_of(
    r"(?:\d{1,6} )?(?:leser)?kommentare(?: ?\(\d{1,6}\))?",
    r"\d{1,6} (?:kommentar|antwort(?:en)?|reaktion(?:en)?)",
    r"(?:schreib(?:e|en sie)?|hinterlass(?:e|en sie)?|verfass(?:e|en sie)?) (?:uns )?"
    r"(?:einen?|deinen|ihren) (?:kommentar|antwort)|kommentar (?:schreiben|verfassen|hinzufügen)"
    r"|(?:antwort|kommentar) (?:abbrechen|hinterlassen)",
    r"(?:\d{1,6} )?commentaires(?: ?\(\d{1,6}\))?|(?:laisser|ajouter|poster|écrire) un commentaire"
    r"|réagir à cet article",
    r"(?:\d{1,6} )?coment[aá]rios(?: ?\(\d{1,6}\))?|(?:dej[ae]|deixe|agregar?|escrib[ae]) un?a? "
    r"(?:comentario|respuesta|comentário|resposta)",
    r"(?:\d{1,6} )?commenti(?: ?\(\d{1,6}\))?|lascia un commento|\d{1,6} reacties|geef een reactie",
)
"""Over what readers wrote."""

FURNITURE_HEADING = _one_of(
    r"(?:support|donate to) (?:us|our work|this (?:site|blog|project))|donate(?: now)?",
    r"please wait(?:\.\.\.|…)?",
    r"über (?:den autor|die autorin|die autoren|mich)|(?:diesen|den) "
    r"(?:artikel|beitrag) (?:teilen|weiterempfehlen)|teilen(?: mit| auf)?|sharen mit"
    r"|gefällt mir|folgen? sie uns(?: .{0,30})?|folge(?:n|t)? (?:mir|uns)(?: .{0,30})?"
    r"|newsletter (?:abonnieren|bestellen)|(?:unser|der .{3,30}) newsletter|anzeigen?|werbung",
    r"à propos (?:de l[’']auteur|des auteurs)|partager(?: (?:cet|l[’'])article.{0,30}| sur| :)?"
    r"|suivez[ -]nous(?: .{0,30})?|publicité|s[’']abonner .{0,40}newsletter",
    r"(?:sobre|acerca d)el? (?:el )?autor|compart[ie]r?(?: en| este art[íi]culo| com)?"
    r"|s[íi]guenos(?: .{0,30})?|publicidade?|condividi(?: su| con)?|seguici(?: .{0,30})?"
    r"|pubblicità|deel dit(?: artikel)?|volg ons(?: .{0,30})?|advertentie",
)
"""Over a call to share, follow or pay, and over what is said of the author."""

LEADS_HEADING = _one_of(
    r"(?:ähnliche|verwandte|weitere|neueste|neue|aktuelle|beliebte(?:ste)?|meistgelesene|letzte)"
    r" (?:beiträge|artikel|themen|meldungen|nachrichten|posts?|news|kommentare|inhalte)"
    r"(?: .{0,40})?",
    r"(?:das )?(?:könnte(?:n)?) (?:sie|dich|euch|ihnen|dir)? ?auch (?:noch )?"
    r"(?:interessier|gefall)en(?: .{0,20})?|auch interessant|mehr (?:zum thema|dazu|artikel)"
    r"|(?:lesen sie|lies) (?:auch|mehr)(?: .{0,40})?|passend zum thema|meistgelesen",
    r"(?:à )?lire (?:aussi|également)|sur le même (?:sujet|thème)|(?:articles?|sujets?|contenus?)"
    r" (?:similaires?|liés?|récents?|associés?|populaires?|recommandés?)"
    r"|(?:vous aimerez|cela pourrait|ces articles).{0,50}",
    r"(?:art[íi]culos?|noticias|not[íi]cias|entradas|notas|temas) "
    r"(?:relacionad[oa]s|similares|recientes|recentes)|relacionad[oa]s"
    r"|(?:te|le) (?:puede|podr[íi]a) interesar|le(?:a|er|ia) (?:también|también|además|também|mais)"
    r"|veja também|(?:lo )?más (?:le[íi]do|visto)s?",
    r"(?:leggi anche|potrebbe(?:ro)? interessarti|articoli (?:correlati|recenti))(?: .{0,20})?"
    r"|lees ook|(?:gerelateerde|meer|recente) (?:artikelen|berichten|nieuws)",
    r"schlagw[oö]rte?r?|kategorien?|stichwörter|étiquettes|mots[ -]clés|catégories|etiquetas"
    r"|categor[íi]as|categorie|nützliche links|inhaltsverzeichnis",
)
"""Over links to other pages."""

CREDIT = re.compile(
    r"(?:(?:beitrags|titel|teaser|vorschau)?bild(?:er|quelle|nachweis|rechte)?|fotos?|photos?"
    r"|photograph(?:y|s)?|pictures?|images?|crédits?(?: photos?)?|(?:photo |image )?credits?"
    r"|illustrations?|cr[eé]ditos?|grafik|screenshots?)\s?(?:(?:\(c\)|by|von|par|de|di)\s|[:©/]\s?)"
    r"\S.{1,90}"
    r"|(?:©|\(c\)) ?\S.{1,90}"
    r"|[^.!?:]{2,50}/ ?(?:AP|AFP|dpa|Reuters|Getty|EPA|PA|ANP|EFE|ANSA|Shutterstock|iStock"
    r"|Fotolia|Adobe|Alamy|Bloomberg|picture alliance|imago)\b[^.!?]{0,30}",
    re.IGNORECASE,
)
"""Who made a picture."""

CALL = _one_of(
    r"(?:share|tweet|teilen|sharen|twittern|drucken|merken|partager|imprimer|compartir|imprimir"
    r"|condividi|stampa|versenden|weiterempfehlen)(?: (?:mit|auf|sur|en|su)(?: \w+)?)?",
    r"(?:artikel|beitrag|seite) (?:drucken|teilen|empfehlen|kommentieren|versenden)",
    r"(?:nach|zurück nach) oben|[«<‹←]?\s?zurück(?: (?:zu[rm]?|nach) .{2,40})?|haut de page",
    r"[«<‹←]?\s?(?:retour|volver|torna|terug|back to)(?: .{2,40})?|springe (?:direkt )?zu.{0,30}",
    r"aller au contenu.{0,20}|(?:zum|direkt zum) inhalt(?: springen)?|saltar al contenido",
    r"(?:\d{1,6} )?(?:kommentare|commentaires|comentarios|commenti|reacties)(?: ?\(?\d{1,6}\)?)?",
    r"(?:gefällt mir|like)\s?(?:lade|wird geladen|loading)\W{0,4}|lade\W{1,4}|wird geladen\W{0,4}",
    r"(?:durchschnittliche )?bewertung(?:en)?(?: abgeben)?:?(?: .{0,40})?"
    r"\(?\d{1,6} bewertungen?\)?",
    r"melde dich an, um .{3,60}|(?:log|sign) in to .{3,60}|bitte melden sie sich .{3,60}",
    r"(?:url|link) (?:is )?copied\.?|please wait\W{0,3}"
    r"|this feature is (?:temporarily )?unavailable.{0,40}",
    r"(?:bild|foto|image|photo|picture|slide) \d{1,6} (?:von|of|sur|de|/) \d{1,6}",
    r"\(?(?:end|ende|fin)\)?|%d .{0,40}|a link has been (?:sent|posted) to your .{3,40}|posted!",
    r"(?:to view this .{3,20}, |please )?(?:enable )?java ?script "
    r".{0,30}(?:enabled|required|disabled)\b.{0,80}",
    r"(?:write to|contact|follow|e-?mail) [\w .,’'-]{3,60} (?:at|on|via) \S+@?\S*\.?",
    r"[\w .’'-]{3,40} can be (?:reached|contacted|followed) (?:at|on|via) .{3,80}",
    r"(?:thank you|thanks) for (?:your support|reading|subscribing)\W{0,2}",
)
"""Words to press, and what a page says of itself."""

COMMENT = _one_of(
    r"#?\d{1,6}[.:]? ?(?:comment|kommentar|commentaire|comentario|commento)"
    r" (?:by|von|de|di|par) .{2,60}",
)
"""Over what one reader wrote."""

AUTHOR_HEADING = _one_of(
    r"about (?:the )?(?:authors?|writers?|contributors?)",
    r"über (?:den autor|die autorin|die autoren)",
    r"à propos (?:de l[’']auteur(?:e|rice)?|des auteurs)|(?:sobre|acerca de) (?:el|la) autora?"
    r"|sobre o autor|(?:l[’']autore|sull[’']autore)|over de auteur",
)
"""Over what is said of whoever wrote the article."""

BYLINE = re.compile(
    r"(?:(?:Von|Par|Por|Di|Door|Text|Autor(?:in)?|Auteur)\s?:?\s)"
    r"(?:[A-ZÀ-Þ][\w.’'-]+ ){1,3}[A-ZÀ-Þ][\w’'-]+"
)
"""Who wrote an article, on a line of its own, in other languages than English."""

FILED = re.compile(
    r"(?:tags?|tagged(?: with| as)?|filed under|posted in|categor(?:y|ies)|topics|labels"
    r"|schlagw[oö]rte?r?|stichw[oö]rte?r?|kategorien?|(?:und )?getaggt mit|abgelegt unter"
    r"|mots[ -]clés|étiquettes|catégories?|etiquetas|categor[íi]as?|trefwoorden)\s?:\s?\S.{0,200}"
    r"|(?:this (?:entry|post|article) was (?:posted|published|filed)"
    r"|(?:dieser|der) (?:eintrag|beitrag|artikel) wurde .{0,40}"
    r"(?:veröffentlicht|abgelegt|geschrieben|gepostet)|cette entrée,? .{0,20}(?:publiée|postée)"
    r"|esta entrada fue publicada) (?:on|in|am|unter|dans|le|en|el)\b.{0,250}",
    re.IGNORECASE,
)
"""Where a page was filed, which stands below its article."""

OWN_SITE = re.compile(
    r"\b(?:(?:this|our) (?:web)?site|we (?:\w+ )?(?:use|set|store)|(?:diese|dieser|unsere|unserer)"
    r" (?:web)?(?:seite|site)|wir (?:\w+ )?(?:verwenden|nutzen|setzen)|(?:ce|notre) site"
    r"|nous utilisons|est[ea] (?:sitio|web|site)|nuestr[ao] (?:sitio|web)|utilizamos"
    r"|questo sito|il nostro sito|utilizziamo|(?:deze|onze) (?:web)?site|wij gebruiken)\b",
    re.IGNORECASE,
)
"""What a notice on cookies says and an article on them doesn't."""

IS_SOMEBODY = re.compile(
    r"(?:,? (?:is|was|has|writes|covers|reports|works|lives|teaches|joined|studied|holds|ist|war"
    r"|hat|arbeitet|schreibt|lebt|studierte|est|écrit|travaille|vit|es|escribe|trabaja|è|scrive|lavora"
    r"|schrijft|werkt)\b|, (?:born|geb(?:oren|\.)|née?|\d\d),?)"
)
"""What follows a name where somebody is introduced."""
