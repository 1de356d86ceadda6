// A passkey that was cancelled, is not known or cannot be read: say so instead of staying silent.
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const trouble = document.getElementById("passkey_trouble");
  trouble.hidden = false;
  trouble.scrollIntoView({ block: "center" });
});
