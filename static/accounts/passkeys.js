// allauth's script tells of a passkey that could not be read in the console only; people read the page.
document.addEventListener('allauth.error', (event) => {
  const sentence = document.getElementById('passkey-error')
  if (sentence) {
    sentence.hidden = false
    event.preventDefault()
  }
})
