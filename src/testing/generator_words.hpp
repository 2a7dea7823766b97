#pragma once

#include <string_view>

/// Names and message texts of campaigns. They contain several scripts and writing directions, emoji, quotes,
/// ampersands, markup and line breaks, so that tests meet every escaping and every encoding.
namespace polycampaign::inline v1::testing::words {

/// At most 34 characters each.
inline constexpr std::string_view names[] = {
    "Summer sale",
    "Flash sale: 24 h only",
    "Rentrée – offre spéciale",
    "Feriengrüsse & Rabatte",
    "Soldes d'été à Genève",
    "Розсилка «Весна»",
    "Нагадування про візит",
    "Чёрная пятница",
    "عرض نهاية الأسبوع",
    "מבצע סוף השבוע",
    "新年优惠 🎉",
    "夏のセール",
    "Promoção de Natal 🎄",
    "¡Rebajas! Última llamada",
    "Promocja wiosenna – łódź",
    "\"Quoted\" names, 'twice'",
    "Fish & Chips <VIP> night",
    "50% off; a=b&c=d?e#f",
    "Back\\slash and /slash/",
    "Appointment reminder",
    "Zürich Marathon 🏃‍♀️🏅",
    "ลดราคาพิเศษ",
    "विशेष छूट",
    "Gutschein für Stammkunden",
};

inline constexpr std::string_view texts[] = {
    "Your order is ready. Come and collect it until 18:00.",
    "Flash sale!\nEverything -20 % today only.\nReply STOP to opt out.",
    "Bonjour, votre rendez-vous est confirmé. À bientôt – l'équipe du cabinet",
    "Liebe Kundin, lieber Kunde: am Samstag gibt's 15 % auf alles. Grüsse aus Zürich",
    "Вітаємо! Ваш промокод «ВЕСНА» діє до кінця місяця 🌷",
    "Уважаемый клиент, ваш заказ отправлен. Трек-номер придёт отдельным сообщением.",
    "خصم خاص لعملائنا الكرام: ٢٠٪ على جميع المنتجات حتى نهاية الأسبوع",
    "שלום, התור שלך נקבע למחר בשעה 10:30. נתראה! 😊",
    "亲爱的客户,新年快乐!全场八折优惠 🎉🧧",
    "本日限定セール開催中です。詳しくは店頭まで。",
    "Olá! Natal com frete grátis 🎄🎁 em todo o Brasil.",
    "Dijo: \"¡Vamos!\" y 'nosotros' fuimos. Más en https://example.com/p?a=1&b=2#x",
    "Tom & Jerry <b>bold</b> &amp; friends </text> ]]> \\ / \t tab",
    "Line one\r\nLine two\r\n\r\nLine four",
    "Dzień dobry! Zażółć gęślą jaźń – kupon ważny 7 dni.",
    "ขอบคุณที่ใช้บริการ รับส่วนลด 10% ครั้งต่อไป",
    "Family 👨‍👩‍👧‍👦 day: flags 🇨🇭🇺🇦, keycap 1️⃣, accent e\xCC\x81 composed "
    "of "
    "two",
    "A long one, so that more than one message is needed: we open our new shop in the old town on Saturday "
    "at "
    "nine, with music, coffee, cake and a surprise for the first hundred guests. Bring your friends and this "
    "message, and both of you get ten percent off whatever you choose.",
    "",
    "Code: 4711. Valid for 10 minutes. Do not share it with anybody.",
};

inline constexpr std::string_view senders[] = {"ACME", "Cafe Zuri", "InfoSMS", "Shop24", "MyClinic"};

inline constexpr std::string_view list_names[] = {
    "Customers", "Stammkunden & Freunde", "Клієнти", "VIP <gold>", "Newsletter \"2024\"", "عملاء", "常客",
};

}  // namespace polycampaign::inline v1::testing::words
